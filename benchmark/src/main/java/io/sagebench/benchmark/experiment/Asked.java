package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.report.experiment.Fields;
import io.sagebench.request.Priority;
import io.sagebench.workload.RequestKind;
import io.sagebench.workload.WorkloadSpec;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// The documented names of what was asked for.
final class Asked {
    private static final double NANOS_PER_MILLI = 1e6;

    private Asked() {}

    /// What every experiment has in common.
    static Fields parameters(BenchmarkConfig base) {
        return new Fields()
                .put("policies", base.policies())
                .put("num_requests", Loads.requestsOf(base.workload()))
                .put("llm_ratio", Loads.llmRatioOf(base.workload()))
                .put("seed", base.seed())
                .put("warmup_requests", base.warmup())
                .put("repeats", base.repeats());
    }

    /// Deadlines by their documented names.
    static Fields sloConfig(WorkloadSpec workload) {
        var deadlines = new Fields();
        for (RequestKind kind : workload.kinds().values()) {
            String of = kind.type().isGeneration() ? "" : "embedding_";
            kind.serviceLevels().forEach((priority, level) -> {
                deadline(deadlines, of + name(priority) + "_priority_deadline_ms", level.endToEnd());
                deadline(deadlines, "ttft_deadline_ms", level.timeToFirstToken());
                deadline(deadlines, "tpot_deadline_ms", level.timePerOutputToken());
            });
        }
        return deadlines;
    }

    private static String name(Priority priority) {
        return priority.name().toLowerCase(Locale.ROOT);
    }

    private static void deadline(Fields deadlines, String name, Optional<Duration> limit) {
        limit.ifPresent(known -> deadlines.put(name, known.toNanos() / NANOS_PER_MILLI));
    }
}
