package io.sagebench.benchmark.experiment;

import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.report.PolicyReport;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// What a policy did: the figures that several experiments ask for.
final class Did {
    private static final double NANOS_PER_MILLI = 1e6;

    private Did() {}

    static OptionalDouble throughput(PolicyReport policy) {
        return policy.metrics().throughput().requestsPerSecond();
    }

    /// Completed requests as a share of all: neither timeouts nor rejections are successes.
    static OptionalDouble success(PolicyReport policy) {
        RunMetrics.RequestCounts counts = policy.metrics().counts();
        return counts.total() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) counts.completed() / counts.total());
    }

    static long errors(PolicyReport policy) {
        RunMetrics.RequestCounts counts = policy.metrics().counts();
        return counts.total() - counts.completed();
    }

    /// Of all requests, those that met their service level.
    static OptionalDouble attainment(PolicyReport policy) {
        return policy.metrics().slo().attainment();
    }

    static OptionalDouble latencyNanos(PolicyReport policy, ToDoubleFunction<LatencySummary> figure) {
        return nanos(policy.metrics().endToEnd(), figure);
    }

    static OptionalDouble latencyMillis(PolicyReport policy, ToDoubleFunction<LatencySummary> figure) {
        return millis(policy.metrics().endToEnd(), figure);
    }

    static OptionalDouble millis(Optional<LatencySummary> latency, ToDoubleFunction<LatencySummary> figure) {
        return latency.map(known -> OptionalDouble.of(figure.applyAsDouble(known) / NANOS_PER_MILLI)).orElse(OptionalDouble.empty());
    }

    /// A percentile, unless there are too few samples to know it.
    static OptionalDouble percentileMillis(PolicyReport policy, double percent, ToDoubleFunction<LatencySummary> figure) {
        return millis(policy.metrics().endToEnd().filter(known -> Percentiles.isKnown(percent, known.count())), figure);
    }

    private static OptionalDouble nanos(Optional<LatencySummary> latency, ToDoubleFunction<LatencySummary> figure) {
        return latency.map(known -> OptionalDouble.of(figure.applyAsDouble(known))).orElse(OptionalDouble.empty());
    }
}
