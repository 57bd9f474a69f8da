package io.sagebench.report.engine.gate;

import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.report.engine.EngineSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether two runs measured the same thing, so that a difference of their figures says something about the engine.
public final class BaselineCheck {
    private static final List<String> SAME_FACTS = List.of("backend", "model", "mode");
    private static final List<String> ASKED = List.of("requested_input_tokens", "requested_output_tokens");

    private BaselineCheck() {}

    /// What differs, each in one sentence; empty when the runs may be compared. A workload that the later run lacks differs, too: a gate must not
    /// pass because nothing was measured.
    public static List<String> differences(EngineSummary baseline, EngineSummary now) {
        var differences = new ArrayList<String>();
        for (String fact : SAME_FACTS) {
            Optional<String> was = baseline.run().flatMap(run -> run.fact(fact));
            Optional<String> is = now.run().flatMap(run -> run.fact(fact));
            if (was.isPresent() && is.isPresent() && !was.equals(is)) {
                differences.add(fact + " is " + is.get() + ", but was " + was.get() + " in the baseline");
            }
        }
        baseline.workloads().forEach((workload, before) -> {
            EngineMetrics after = now.workloads().get(workload);
            if (after == null) {
                differences.add("workload " + workload + " is in the baseline, but was not measured");
            } else {
                long was = before.count("total_requests") / times(baseline, workload);
                long is = after.count("total_requests") / times(now, workload);
                if (was != is) {
                    differences.add(workload + ": a measurement has " + is + " requests, but had " + was + " in the baseline");
                }
                addDifferences(differences, workload, before, after);
            }
        });
        return differences;
    }

    private static int times(EngineSummary summary, String workload) {
        return Math.max(1, summary.repeats().getOrDefault(workload, List.of()).size());
    }

    /// Lengths that were asked for: what came back is a finding, not a condition. Failed requests have no part in them.
    private static void addDifferences(List<String> differences, String workload, EngineMetrics before, EngineMetrics after) {
        for (String count : ASKED) {
            double was = perSuccess(before, count);
            double is = perSuccess(after, count);
            if (was > 0 && is > 0 && was != is) {
                differences.add(workload + ": " + count + " is " + text(is) + " a request, but was " + text(was) + " in the baseline");
            }
        }
    }

    private static double perSuccess(EngineMetrics metrics, String count) {
        long successes = metrics.count("successful_requests");
        return successes == 0 ? 0 : (double) metrics.count(count) / successes;
    }

    private static String text(double number) {
        return number == Math.rint(number) ? Long.toString(Math.round(number)) : Double.toString(number);
    }
}
