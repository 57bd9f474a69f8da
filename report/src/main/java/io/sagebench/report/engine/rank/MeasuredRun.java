package io.sagebench.report.engine.rank;

import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.request.Check;
import java.util.Optional;
import java.util.OptionalDouble;

/// One workload of one run: a row of a ranking.
///
/// @param label     what tells the run from others: where it was found, or what the one who compared called it
/// @param model     absent when the results do not say
/// @param backend   absent when the results do not say
/// @param simulated whether the results say that the engine was simulated
/// @param failure   why the one who measured found that it did not do its work; absent when it did
public record MeasuredRun(
        String label,
        Optional<String> model,
        Optional<String> backend,
        boolean simulated,
        String workload,
        EngineMetrics metrics,
        Optional<String> failure) {
    public MeasuredRun {
        Check.notBlank(label, "label");
    }

    /// The figure that it is ranked by; absent when [#unranked] says why.
    OptionalDouble figure(RankBy by) {
        return unranked(by).isEmpty() ? metrics.value(by.field().key()) : OptionalDouble.empty();
    }

    /// Why it has no place; absent when it has one. A time or a throughput of 0 is what files hold that measured none.
    Optional<String> unranked(RankBy by) {
        if (failure.isPresent()) {
            return failure;
        }
        if (metrics.count("successful_requests") == 0) {
            return Optional.of("no request succeeded");
        }
        double value = metrics.value(by.field().key()).orElse(0);
        return value > 0 && Double.isFinite(value) ? Optional.empty() : Optional.of(by.field().key() + " was not measured");
    }
}
