package io.sagebench.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The figures by which two measurements are compared.
public enum Headline {
    /// Completed requests per second.
    THROUGHPUT(Kind.RATE, true),
    /// Requests that met their service level, per second.
    GOODPUT(Kind.RATE, true),
    /// Output tokens per second.
    TOKENS_PER_SECOND(Kind.RATE, true),
    /// Share of requests that met their service level.
    ATTAINMENT(Kind.SHARE, true),
    /// TTFT.
    MEAN_TTFT(Kind.MEAN, false),
    /// Median TTFT.
    P50_TTFT(Kind.PERCENTILE, false),
    /// 95th percentile of TTFT.
    P95_TTFT(Kind.PERCENTILE, false),
    /// 99th percentile of TTFT.
    P99_TTFT(Kind.PERCENTILE, false),
    /// E2E.
    MEAN_E2E(Kind.MEAN, false),
    /// Median E2E.
    P50_E2E(Kind.PERCENTILE, false),
    /// 95th percentile of E2E.
    P95_E2E(Kind.PERCENTILE, false),
    /// 99th percentile of E2E.
    P99_E2E(Kind.PERCENTILE, false),
    /// Gap between tokens, each counted.
    MEAN_TBT(Kind.MEAN, false);

    private final Kind kind;
    private final boolean moreIsBetter;

    Headline(Kind kind, boolean moreIsBetter) {
        this.kind = kind;
        this.moreIsBetter = moreIsBetter;
    }

    /// What a figure is.
    public enum Kind {
        /// Something per second.
        RATE,
        /// From 0 to 1.
        SHARE,
        /// A mean latency, in nanoseconds.
        MEAN,
        /// A percentile of a latency, in nanoseconds.
        PERCENTILE
    }

    /// The stable name in options and reports: `p99_ttft`.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The figure with this name.
    public static Optional<Headline> named(String name) {
        return Arrays.stream(values()).filter(figure -> figure.wireName().equals(name)).findFirst();
    }

    /// The names of all.
    public static List<String> names() {
        return Arrays.stream(values()).map(Headline::wireName).toList();
    }

    /// What it is.
    public Kind kind() {
        return kind;
    }

    /// Whether a larger one is better.
    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    Observations.Value value() {
        return switch (this) {
            case MEAN_TTFT, P50_TTFT, P95_TTFT, P99_TTFT -> Observations.Value.TTFT;
            case MEAN_E2E, P50_E2E, P95_E2E, P99_E2E -> Observations.Value.END_TO_END;
            case MEAN_TBT -> Observations.Value.GAP;
            case ATTAINMENT -> Observations.Value.MET;
            case THROUGHPUT, GOODPUT, TOKENS_PER_SECOND -> throw new IllegalStateException(this + " is counted by time");
        };
    }

    /// The share below the percentile.
    double quantile() {
        return switch (this) {
            case P50_TTFT, P50_E2E -> 0.5;
            case P95_TTFT, P95_E2E -> 0.95;
            case P99_TTFT, P99_E2E -> 0.99;
            case THROUGHPUT, GOODPUT, TOKENS_PER_SECOND, ATTAINMENT, MEAN_TTFT, MEAN_E2E, MEAN_TBT ->
                throw new IllegalStateException(this + " is no percentile");
        };
    }
}
