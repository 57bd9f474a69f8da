package io.sagebench.benchmark.engine;

import io.sagebench.benchmark.engine.EngineWorkload.Asking;
import io.sagebench.benchmark.engine.EngineWorkload.Execution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/// The workloads that ship with the program, by the names that select them. Names count in any case.
public final class EngineWorkloads {
    /// What is run unless something else is said.
    public static final String USUAL = "m1";

    private static final Map<String, List<EngineWorkload>> BY_SELECTOR = new LinkedHashMap<>();

    static {
        var shortInput = words("short_input", "short", "base latency: TTFT and speed", 128, 128, 5, false);
        var longInput = words("long_input", "long", "longer context: prefill and memory", 200, 200, 3, false);
        var stressTest = words("stress_test", "stress", "requests at once: batching and the KV cache under pressure", 256, 256, 10, true);
        select("m1", List.of(shortInput, longInput, stressTest));
        select("year1", List.of(shortInput, longInput, stressTest));
        select("short", List.of(shortInput));
        select("long", List.of(longInput));
        select("stress", List.of(stressTest));
        List<EngineWorkload> queries = queries();
        select("query", queries);
        select("all", queries);
        queries.forEach(query -> select(query.name(), List.of(query)));
        set("streaming", streaming());
        set("batch", batches());
        set("mixed", mixed());
        select("year2", year(2, new int[][] {{256, 256, 10}, {8192, 1024, 5}, {512, 512, 50}}));
        select("year3", year(3, new int[][] {{512, 512, 20}, {32768, 2048, 10}, {1024, 1024, 100}}));
        List.of(shortInput, longInput, stressTest).forEach(workload -> select(workload.name(), List.of(workload)));
        year(1, new int[][] {{128, 128, 5}, {2048, 512, 3}, {256, 256, 10}}).forEach(workload -> select(workload.name(), List.of(workload)));
        for (String year : List.of("year2", "year3")) {
            selected(year).orElseThrow().forEach(workload -> select(workload.name(), List.of(workload)));
        }
    }

    private EngineWorkloads() {}

    /// The names that select one or several.
    public static List<String> selectors() {
        return List.copyOf(BY_SELECTOR.keySet());
    }

    /// The workloads that a name selects; absent when there is no such name.
    public static Optional<List<EngineWorkload>> selected(String name) {
        return BY_SELECTOR.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name.strip()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static void select(String name, List<EngineWorkload> workloads) {
        BY_SELECTOR.put(name, List.copyOf(workloads));
    }

    private static void set(String name, List<EngineWorkload> workloads) {
        select(name, workloads);
        workloads.forEach(workload -> select(workload.name(), List.of(workload)));
    }

    private static EngineWorkload words(
            String name, String type, String purpose, int prompt, int output, int requests, boolean concurrent) {
        return new EngineWorkload(
                name, type, purpose, Optional.empty(), prompt, output, requests, execution(concurrent), Asking.STREAMED, 1);
    }

    private static Execution execution(boolean concurrent) {
        return concurrent ? new Execution.AtOnce() : Execution.sequential();
    }

    private static List<EngineWorkload> queries() {
        return List.of(
                query("Q1", "short question", "What makes a hash table slow?", 32, 64, 5, false),
                query("Q2", "summary of a long text", "Summarise the notes that follow in three sentences.", 512, 128, 3, false),
                query("Q3", "code", "Write a function that merges two sorted lists, with tests.", 128, 256, 3, false),
                query("Q4", "conversation of several turns", "User: I would like to plan a trip. Assistant: Where to? User: To the sea.", 256, 256, 3, false),
                query("Q5", "short questions at once", "Name three uses of a queue.", 32, 64, 10, true),
                query("Q6", "long contexts at once", "Find the contradictions in the report that follows.", 512, 256, 10, true),
                query("Q7", "reasoning step by step", "Think step by step: which of these plans finishes first?", 256, 512, 3, false),
                query("Q8", "several things in one request", "Translate the following, then list its names and dates.", 192, 128, 4, true));
    }

    private static EngineWorkload query(
            String name, String purpose, String prompt, int promptTokens, int output, int requests, boolean concurrent) {
        return new EngineWorkload(
                name, "query", purpose, Optional.of(prompt), promptTokens, output, requests, execution(concurrent), Asking.STREAMED, 1);
    }

    private static List<EngineWorkload> streaming() {
        return List.of(
                callers("streaming_short", "streaming", 32, 128, 5, 1, 1, Asking.STREAMED),
                callers("streaming_long", "streaming", 256, 256, 3, 1, 1, Asking.STREAMED),
                callers("streaming_concurrent", "streaming", 64, 128, 10, 4, 2, Asking.STREAMED));
    }

    private static List<EngineWorkload> batches() {
        Asking whole = Asking.STREAMED.streaming(false);
        return List.of(
                callers("batch_small", "batch_inference", 16, 32, 20, 8, 1, whole),
                callers("batch_medium", "batch_inference", 128, 128, 16, 8, 1, whole),
                callers("batch_large", "batch_inference", 512, 256, 8, 4, 1, whole));
    }

    private static List<EngineWorkload> mixed() {
        var drawn = new Asking(true, OptionalDouble.of(0.7), OptionalDouble.empty(), OptionalInt.of(50), OptionalDouble.empty(), Map.of());
        var penalised = new Asking(false, OptionalDouble.of(0.9), OptionalDouble.empty(), OptionalInt.empty(), OptionalDouble.of(1.1), Map.of());
        var greedy = new Asking(false, OptionalDouble.of(0), OptionalDouble.empty(), OptionalInt.empty(), OptionalDouble.empty(), Map.of());
        return List.of(
                callers("mixed_short_stream", "mixed", 32, 64, 10, 2, 1, drawn),
                callers("mixed_long_batch", "mixed", 256, 256, 6, 3, 1, penalised),
                callers("mixed_greedy_sampling", "mixed", 48, 128, 8, 4, 1, greedy));
    }

    private static EngineWorkload callers(
            String name, String type, int prompt, int output, int requests, int concurrency, int warmup, Asking asking) {
        return new EngineWorkload(
                name,
                type,
                (asking.streaming() ? "streamed" : "whole answers") + ", " + new Execution.Callers(concurrency).text(),
                Optional.empty(),
                prompt,
                output,
                requests,
                new Execution.Callers(concurrency),
                asking,
                warmup);
    }

    private static List<EngineWorkload> year(int year, int[][] sizes) {
        List<String> types = List.of("short", "long", "stress");
        var workloads = new ArrayList<EngineWorkload>();
        for (int i = 0; i < sizes.length; i++) {
            String type = types.get(i);
            int[] size = sizes[i];
            workloads.add(words(
                    "year" + year + "_" + type, type, "the demonstration of year " + year, size[0], size[1], size[2], type.equals("stress")));
        }
        return workloads;
    }

    /// The workloads that a list of names selects, each once and in the order given.
    ///
    /// @param names separated by commas
    /// @param unknown gets the names that select nothing
    public static List<EngineWorkload> selectedBy(String names, List<String> unknown) {
        Set<EngineWorkload> workloads = new LinkedHashSet<>();
        Arrays.stream(names.split(",", -1)).map(String::strip).forEach(name -> selected(name).ifPresentOrElse(workloads::addAll, () -> unknown.add(name)));
        return List.copyOf(workloads);
    }

    /// The types there are.
    public static List<String> types() {
        return List.of("query", "short", "long", "stress", "streaming", "batch_inference", "mixed");
    }
}
