package io.sagebench.benchmark.data;

import io.sagebench.arrival.ArrivalStatistics;
import io.sagebench.request.RequestType;
import io.sagebench.workload.Plan;
import io.sagebench.workload.PlannedRequest;
import io.sagebench.workload.PromptPool;
import io.sagebench.workload.Trace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Makes descriptions.
final class Describing {
    private static final long SECOND_NANOS = 1_000_000_000;

    private Describing() {}

    static Description trace(String format, Trace trace) {
        var arrivals = new ArrivalStatistics(SECOND_NANOS);
        var prompts = new Lengths();
        var outputs = new Lengths();
        var sessions = new HashSet<Long>();
        for (int i = 0; i < trace.size(); i++) {
            arrivals.add(trace.atNanos(i));
            prompts.add(trace.promptTokens(i));
            outputs.add(trace.outputTokens(i));
            trace.session(i).ifPresent(sessions::add);
        }
        var sentences = new ArrayList<String>();
        sentences.add(trace.name() + ": " + format + ", " + trace.size() + " requests");
        sentences.add(times(arrivals));
        if (!sessions.isEmpty()) {
            sentences.add("Sessions: " + sessions.size());
        }
        sentences.add(trace.hasBlocks() ? BlockReuse.of(trace) : "Prefixes: the trace does not say what prompts have in common");
        return new Description(sentences, Lengths.TITLES, List.of(prompts.cells("Prompts"), outputs.cells("Answers")));
    }

    static Description dataset(String name, String format, PromptPool pool) {
        var prompts = new Lengths();
        var outputs = new Lengths();
        long systems = 0;
        for (long row = 0; row < pool.size(); row++) {
            prompts.add(pool.promptTokens(row));
            pool.outputTokens(row).ifPresent(outputs::add);
        }
        for (long row = 0; row < Math.min(pool.size(), 10_000); row++) {
            systems += pool.system(row).isPresent() ? 1 : 0;
        }
        var sentences = new ArrayList<String>();
        sentences.add(name + ": " + format + ", " + pool.size() + " rows");
        if (systems > 0) {
            sentences.add(systems + (pool.size() > 10_000 ? " of the first 10000" : "") + " have a system prompt");
        }
        sentences.add("Tokens are an estimate: four characters each");
        var rows = new ArrayList<List<String>>();
        rows.add(prompts.cells("Prompts or texts"));
        if (!outputs.isEmpty()) {
            rows.add(outputs.cells("Answers"));
        }
        return new Description(sentences, Lengths.TITLES, rows);
    }

    static Description plan(String name, Plan plan) {
        var arrivals = new ArrivalStatistics(SECOND_NANOS);
        var prompts = new Lengths();
        var outputs = new Lengths();
        var texts = new Lengths();
        long prefixes = 0;
        long count = 0;
        var requests = plan.open(0);
        while (requests.hasNext()) {
            PlannedRequest request = requests.next();
            count++;
            arrivals.add(request.intendedAtNanos());
            if (request.type() == RequestType.EMBEDDING) {
                request.form().textTokens().forEach(texts::add);
            } else {
                prompts.add(request.promptTokens());
                outputs.add(request.outputTokens());
            }
            prefixes += request.form().prefix().isPresent() ? 1 : 0;
        }
        var sentences = new ArrayList<String>();
        sentences.add(name + ": " + count + " requests");
        sentences.add(times(arrivals));
        if (prefixes > 0) {
            sentences.add("Prefixes: " + prefixes + " prompts begin like others");
        }
        var rows = new ArrayList<List<String>>();
        add(rows, "Prompts", prompts);
        add(rows, "Answers", outputs);
        add(rows, "Texts", texts);
        return new Description(sentences, Lengths.TITLES, rows);
    }

    private static void add(List<List<String>> rows, String title, Lengths lengths) {
        if (!lengths.isEmpty()) {
            rows.add(lengths.cells(title));
        }
    }

    private static String times(ArrivalStatistics arrivals) {
        return "Times: " + figure(OptionalDouble.of(arrivals.spanNanos() / 1e9)) + " s, " + figure(arrivals.ratePerSecond())
                + " requests/s, coefficient of variation of the gaps " + figure(arrivals.gapVariation()) + ", index of dispersion in seconds "
                + figure(arrivals.dispersion()) + " (both 1 for poisson)";
    }

    private static String figure(OptionalDouble number) {
        return number.isPresent() ? String.format(Locale.ROOT, "%.4g", number.getAsDouble()) : "unknown";
    }
}
