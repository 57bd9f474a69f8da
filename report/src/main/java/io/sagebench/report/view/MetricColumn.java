package io.sagebench.report.view;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// One figure of policies side by side.
///
/// @param title  above the column
/// @param path   where it is in `metrics`
/// @param kind   how it is written
/// @param better which end is the good one
public record MetricColumn(String title, String path, Kind kind, Better better) {
    private static final String UNKNOWN = "\u2013";

    /// All requests.
    public static final List<MetricColumn> MAIN = List.of(
            new MetricColumn("SLO met", "slo.compliance_rate", Kind.SHARE, Better.HIGHER),
            new MetricColumn("Goodput", "throughput.goodput_rps", Kind.RATE, Better.HIGHER),
            new MetricColumn("Throughput", "throughput.requests_per_second", Kind.RATE, Better.HIGHER),
            new MetricColumn("Output tokens/s", "throughput.tokens_per_second", Kind.NUMBER, Better.HIGHER),
            new MetricColumn("E2E mean", "e2e_latency_ms.avg", Kind.MILLIS, Better.LOWER),
            new MetricColumn("E2E p99", "e2e_latency_ms.p99", Kind.MILLIS, Better.LOWER),
            new MetricColumn("TTFT mean", "ttft_ms.avg", Kind.MILLIS, Better.LOWER),
            new MetricColumn("TTFT p99", "ttft_ms.p99", Kind.MILLIS, Better.LOWER),
            new MetricColumn("TPOT mean", "tpot_ms.avg", Kind.MILLIS, Better.LOWER),
            new MetricColumn("Errors", "errors.error_rate", Kind.SHARE, Better.LOWER),
            new MetricColumn("Timeouts", "errors.timeout_rate", Kind.SHARE, Better.LOWER),
            new MetricColumn("Rejected", "errors.rejected_rate", Kind.SHARE, Better.LOWER));

    /// Prompts, where texts to embed are sent too.
    public static final List<MetricColumn> PROMPTS = List.of(
            new MetricColumn("SLO met", "llm.slo_compliance_rate", Kind.SHARE, Better.HIGHER),
            new MetricColumn("Throughput", "llm.throughput.requests_per_second", Kind.RATE, Better.HIGHER),
            new MetricColumn("Output tokens/s", "llm.throughput.tokens_per_second", Kind.NUMBER, Better.HIGHER),
            new MetricColumn("TTFT mean", "llm.ttft_ms.avg", Kind.MILLIS, Better.LOWER),
            new MetricColumn("TTFT p99", "llm.ttft_ms.p99", Kind.MILLIS, Better.LOWER),
            new MetricColumn("E2E p99", "llm.e2e_latency_ms.p99", Kind.MILLIS, Better.LOWER));

    /// Texts to embed, where prompts are sent too.
    public static final List<MetricColumn> TEXTS = List.of(
            new MetricColumn("SLO met", "embedding.slo_compliance_rate", Kind.SHARE, Better.HIGHER),
            new MetricColumn("Throughput", "embedding.throughput.requests_per_second", Kind.RATE, Better.HIGHER),
            new MetricColumn("Texts/s", "embedding.throughput.texts_per_second", Kind.NUMBER, Better.HIGHER),
            new MetricColumn("Batch", "embedding.batch.avg_size", Kind.NUMBER, Better.NEITHER),
            new MetricColumn("E2E p99", "embedding.e2e_latency_ms.p99", Kind.MILLIS, Better.LOWER));

    /// How a figure is written.
    public enum Kind {
        /// Requests per second.
        RATE,
        /// Milliseconds.
        MILLIS,
        /// A share from 0 to 1.
        SHARE,
        /// Anything else.
        NUMBER
    }

    /// Which end is the good one.
    public enum Better {
        /// More is better.
        HIGHER,
        /// Less is better.
        LOWER,
        /// It only describes.
        NEITHER
    }

    /// The figure of a policy.
    public OptionalDouble of(PolicyView policy) {
        return policy.metrics().number(path);
    }

    /// As people read it; a dash when it is not known.
    public String text(PolicyView policy) {
        OptionalDouble value = of(policy);
        if (value.isEmpty()) {
            return UNKNOWN;
        }
        return switch (kind) {
            case RATE -> Say.number(value.getAsDouble()) + " req/s";
            case MILLIS -> Say.millis(value.getAsDouble());
            case SHARE -> Say.percent(value.getAsDouble());
            case NUMBER -> Say.number(value.getAsDouble());
        };
    }

    /// Whether any of these policies says it.
    public boolean isKnown(List<PolicyView> policies) {
        return policies.stream().anyMatch(policy -> of(policy).isPresent());
    }

    /// The text that the best of several shows; absent when there is no better end, or all show the same.
    public Optional<String> bestText(List<PolicyView> candidates) {
        var known = candidates.stream()
                .filter(PolicyView::anyCompleted)
                .filter(policy -> of(policy).isPresent())
                .toList();
        if (better == Better.NEITHER || known.stream().map(this::text).distinct().count() < 2) {
            return Optional.empty();
        }
        Comparator<PolicyView> order = Comparator.comparingDouble(policy -> of(policy).orElseThrow());
        return (better == Better.HIGHER ? known.stream().max(order) : known.stream().min(order)).map(this::text);
    }
}
