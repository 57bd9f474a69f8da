package io.sagebench.report.engine;

import io.sagebench.journal.RequestRecord;
import io.sagebench.request.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Computes the figures of a workload from the facts of its measurements, one or several together. Only answers that are complete feed latencies, speeds and
/// tokens; every request counts.
public final class EngineMeter {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    /// A length that is further from what was asked is told.
    private static final double TOLD_MISMATCH = 0.01;

    private final List<EngineWindow> windows;
    private final Map<String, Double> values = new LinkedHashMap<>();
    private final List<String> unavailable = new ArrayList<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private final Sample ttft = new Sample();
    private final Sample tbt = new Sample();
    private final Sample tpot = new Sample();
    private final Sample itl = new Sample();
    private final Sample e2e = new Sample();
    private final Sample speed = new Sample();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final TreeSet<String> tokenSources = new TreeSet<>();
    private int total;
    private int completed;
    private int timeouts;
    private int rejected;
    private long inputTokens;
    private long outputTokens;
    private long askedInput;
    private long askedOutput;
    private int promptsNotCounted;

    private EngineMeter(List<EngineWindow> windows) {
        this.windows = windows;
    }

    /// The figures of these measurements together.
    ///
    /// @param windows at least one
    public static EngineMetrics of(List<EngineWindow> windows) {
        return new EngineMeter(List.copyOf(windows)).metrics();
    }

    private EngineMetrics metrics() {
        windows.forEach(window -> window.records().forEach(this::take));
        latencies();
        throughput();
        memory();
        counts();
        cache();
        times();
        tell();
        var ordered = new LinkedHashMap<String, Double>();
        for (EngineField field : EngineFields.all()) {
            String key = field.aliasOf().orElse(field.key());
            ordered.put(field.key(), EngineJson.rounded(values.getOrDefault(key, 0.0)));
        }
        var missing = EngineFields.all().stream()
                .filter(field -> unavailable.contains(field.aliasOf().orElse(field.key())))
                .map(EngineField::key)
                .toList();
        return new EngineMetrics(ordered, missing, sources, notes);
    }

    private void take(RequestRecord record) {
        total++;
        if (!record.isCompleted()) {
            failed(record);
            return;
        }
        completed++;
        int output = record.tokens().output();
        askedInput += record.planned().promptTokens();
        askedOutput += record.planned().outputTokens();
        outputTokens += output;
        if (record.tokens().prompt().isPresent()) {
            inputTokens += record.tokens().prompt().getAsInt();
        } else {
            promptsNotCounted++;
            inputTokens += record.planned().promptTokens();
        }
        tokenSources.add(record.tokens().source().wireName());
        add(ttft, record.ttftNanos());
        add(e2e, record.endToEndNanos());
        record.tpotNanos().ifPresent(nanos -> tbt.add(nanos / NANOS_PER_MILLI));
        OptionalLong sinceSent = record.endToEndSinceSentNanos();
        if (output > 0 && sinceSent.isPresent()) {
            tpot.add(sinceSent.getAsLong() / NANOS_PER_MILLI / output);
        }
        OptionalLong whole = record.endToEndNanos();
        if (whole.isPresent() && whole.getAsLong() > 0) {
            speed.add(output / (whole.getAsLong() / NANOS_PER_SECOND));
        }
        for (int i = 1; i < record.content().events(); i++) {
            itl.add((record.content().eventAtNanos(i) - record.content().eventAtNanos(i - 1)) / NANOS_PER_MILLI);
        }
    }

    private void failed(RequestRecord record) {
        Outcome outcome = record.outcome();
        timeouts += outcome instanceof Outcome.TimedOut ? 1 : 0;
        rejected += outcome instanceof Outcome.Rejected ? 1 : 0;
        failures.merge(outcome.detail().isEmpty() ? outcome.wireName() : outcome.wireName() + " (" + outcome.detail() + ")", 1, Integer::sum);
    }

    private static void add(Sample to, OptionalLong nanos) {
        if (nanos.isPresent()) {
            to.add(nanos.getAsLong() / NANOS_PER_MILLI);
        }
    }

    private void latencies() {
        distribution("ttft_ms", ttft);
        distribution("tbt_ms", tbt);
        distribution("tpot_ms", tpot);
        distribution("itl_ms", itl);
        distribution("e2el_ms", e2e);
        put("ttft_samples", ttft.size());
        put("tbt_samples", tbt.size());
        put("itl_samples", itl.size());
        put("e2el_samples", e2e.size());
        sources.put("percentiles", "linear interpolation over all samples");
    }

    private void distribution(String name, Sample sample) {
        put("avg_" + name, sample.mean());
        put("p50_" + name, sample.percentile(50));
        put("p95_" + name, sample.percentile(95));
        put("p99_" + name, sample.percentile(99));
        put("std_" + name, sample.deviation());
    }

    private void throughput() {
        double seconds = seconds();
        put("avg_throughput_tps", speed.mean());
        put("request_throughput_rps", perSecond((double) completed, seconds));
        put("input_throughput_tps", perSecond((double) inputTokens, seconds));
        put("output_throughput_tps", perSecond((double) outputTokens, seconds));
        put("total_throughput_tps", perSecond((double) (inputTokens + outputTokens), seconds));
        put("total_input_tokens", inputTokens);
        put("total_output_tokens", outputTokens);
        put("requested_input_tokens", askedInput);
        put("requested_output_tokens", askedOutput);
        if (completed > 0) {
            sources.put("output_tokens", String.join(", ", tokenSources));
            sources.put(
                    "input_tokens",
                    promptsNotCounted == 0 ? "usage" : promptsNotCounted == completed ? "workload" : "usage, workload");
        }
    }

    private static OptionalDouble perSecond(double count, double seconds) {
        return seconds > 0 ? OptionalDouble.of(count / seconds) : OptionalDouble.empty();
    }

    private void memory() {
        var samples = new Sample();
        double most = 0;
        for (EngineWindow window : windows) {
            for (double megabytes : window.use().memoryMegabytes()) {
                samples.add(megabytes);
                most = Math.max(most, megabytes);
            }
            sources.putAll(window.use().sources());
        }
        put("peak_mem_mb", samples.size() == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.rint(most)));
        put("avg_mem_mb", samples.mean());
    }

    private void counts() {
        int failed = total - completed;
        put("error_rate", total == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) failed / total));
        put("total_requests", total);
        put("successful_requests", completed);
        put("failed_requests", failed);
        put("timeout_requests", timeouts);
        put("rejected_requests", rejected);
        put("peak_concurrency", windows.stream().mapToInt(EngineMeter::peak).max().orElse(0));
    }

    /// The most requests that were under way at once.
    private static int peak(EngineWindow window) {
        var changes = new TreeMap<Long, Integer>();
        for (RequestRecord record : window.records()) {
            if (record.sentAtNanos().isPresent() && record.sentAtNanos().getAsLong() < record.endedAtNanos()) {
                changes.merge(record.sentAtNanos().getAsLong(), 1, Integer::sum);
                changes.merge(record.endedAtNanos(), -1, Integer::sum);
            }
        }
        int now = 0;
        int most = 0;
        for (int change : changes.values()) {
            now += change;
            most = Math.max(most, now);
        }
        return most;
    }

    private void cache() {
        put("kv_used_tokens", most(EngineWindow.Use::kvTokens));
        put("kv_used_bytes", most(EngineWindow.Use::kvBytes));
        put("prefix_hit_rate", mean(EngineWindow.Use::prefixHitRate));
        put("evict_count", sum(EngineWindow.Use::evictions));
        put("evict_ms", sum(EngineWindow.Use::evictMillis));
        put("spec_accept_rate", mean(EngineWindow.Use::acceptRate));
    }

    private OptionalDouble most(Function<EngineWindow.Use, OptionalDouble> which) {
        return known(which).stream().mapToDouble(Double::doubleValue).max();
    }

    private OptionalDouble mean(Function<EngineWindow.Use, OptionalDouble> which) {
        return known(which).stream().mapToDouble(Double::doubleValue).average();
    }

    private OptionalDouble sum(Function<EngineWindow.Use, OptionalDouble> which) {
        List<Double> known = known(which);
        return known.size() < windows.size()
                ? OptionalDouble.empty()
                : OptionalDouble.of(known.stream().mapToDouble(Double::doubleValue).sum());
    }

    private List<Double> known(Function<EngineWindow.Use, OptionalDouble> which) {
        var known = new ArrayList<Double>();
        windows.forEach(window -> which.apply(window.use()).ifPresent(known::add));
        return known;
    }

    /// Of several measurements, the time is that of all together, without the pauses between them.
    private void times() {
        var starts = windows.stream().map(EngineWindow::startedAt).sorted().toList();
        EngineWindow last = windows.stream()
                .max((one, other) -> one.startedAt().compareTo(other.startedAt()))
                .orElseThrow();
        put("total_time_s", OptionalDouble.of(seconds()));
        put("start_time", OptionalDouble.of(epochSeconds(starts.getFirst())));
        put("end_time", OptionalDouble.of(epochSeconds(last.startedAt().plusNanos(nanos(last)))));
    }

    private static double epochSeconds(Instant moment) {
        return Duration.between(Instant.EPOCH, moment).toNanos() / NANOS_PER_SECOND;
    }

    private double seconds() {
        return windows.stream().mapToLong(EngineMeter::nanos).sum() / NANOS_PER_SECOND;
    }

    /// From the first intended time to the last end: of a complete answer that is its last content.
    private static long nanos(EngineWindow window) {
        return window.records().stream()
                .mapToLong(record -> record.isCompleted()
                        ? record.content().lastContentAtNanos().orElse(record.endedAtNanos())
                        : record.endedAtNanos())
                .map(atNanos -> atNanos - window.beganAtNanos())
                .max()
                .orElse(0);
    }

    private void tell() {
        if (completed > 0) {
            mismatch("prompts", "the engine counts", inputTokens, askedInput);
            mismatch("answers", "they have", outputTokens, askedOutput);
            if (promptsNotCounted > 0) {
                notes.add("the engine does not tell the length of " + (promptsNotCounted == completed ? "its" : "all") + " prompts:"
                        + " input tokens are those that the workload meant");
            }
            if (ttft.size() == 0) {
                notes.add("answers were not streamed, so the time to the first token and the times between tokens are not known");
            }
        }
        failures.forEach((what, times) -> notes.add(times + " of " + total + " requests failed: " + what));
    }

    private void mismatch(String what, String verb, long counted, long asked) {
        if (asked > 0 && Math.abs(counted - asked) > TOLD_MISMATCH * asked) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s are not as long as asked: %s %.1f tokens on average, asked were %.1f",
                    what,
                    verb,
                    (double) counted / completed,
                    (double) asked / completed));
        }
    }

    private void put(String key, long value) {
        put(key, OptionalDouble.of((double) value));
    }

    private void put(String key, OptionalDouble value) {
        values.put(key, value.orElse(0));
        if (value.isEmpty()) {
            unavailable.add(key);
        }
    }
}
