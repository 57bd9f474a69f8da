package io.sagebench.live.server.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.sagebench.metrics.LatencySummary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The metric families of one scrape, all with the same beginning of their names and the same labels in common.
final class Families {
    private static final double NANOS_PER_SECOND = 1e9;

    private final String prefix;
    private final Labels common;
    private final List<Supplier<MetricSnapshot>> families = new ArrayList<>();

    private Families(String prefix, Labels common) {
        this.prefix = prefix;
        this.common = common;
    }

    /// Those of a vLLM server.
    static Families ofVllm(String model) {
        return new Families("vllm:", Labels.of("model_name", model, "engine", "0"));
    }

    /// Those of our control plane.
    static Families ofControlPlane() {
        return new Families("sagebench_", Labels.EMPTY);
    }

    /// Adds the series of a family of summaries.
    @FunctionalInterface
    interface Summaries {

        /// Adds one series, in seconds.
        ///
        /// @param labels further labels as name, value, name, value
        void add(LatencySummary value, String... labels);
    }

    /// Begins a family of summaries with the quantiles 0.5, 0.9, 0.95 and 0.99.
    Summaries summary(String name, String help) {
        var summary = SummarySnapshot.builder().name(inLibrary(name)).help(help);
        families.add(summary::build);
        return (value, labels) -> summary.dataPoint(new SummarySnapshot.SummaryDataPointSnapshot(
                value.count(),
                value.mean() * value.count() / NANOS_PER_SECOND,
                Quantiles.of(
                        new Quantile(0.5, value.p50() / NANOS_PER_SECOND),
                        new Quantile(0.9, value.p90() / NANOS_PER_SECOND),
                        new Quantile(0.95, value.p95() / NANOS_PER_SECOND),
                        new Quantile(0.99, value.p99() / NANOS_PER_SECOND)),
                with(labels),
                Exemplars.EMPTY,
                0L));
    }

    /// Adds the series of a family of gauges.
    @FunctionalInterface
    interface Gauges {

        /// Adds one series.
        ///
        /// @param labels further labels as name, value, name, value
        void add(double value, String... labels);
    }

    /// Adds the series of a family of counters.
    @FunctionalInterface
    interface Counters {

        /// Adds one series.
        ///
        /// @param labels further labels as name, value, name, value
        void add(long value, String... labels);
    }

    /// Begins a family of gauges.
    Gauges gauge(String name, String help) {
        var gauge = GaugeSnapshot.builder().name(inLibrary(name)).help(help);
        families.add(gauge::build);
        return (value, labels) ->
                gauge.dataPoint(new GaugeSnapshot.GaugeDataPointSnapshot(value, with(labels), null));
    }

    /// Begins a family of counters, whose names get the ending `_total`.
    Counters counter(String name, String help) {
        var counter = CounterSnapshot.builder().name(inLibrary(name)).help(help);
        families.add(counter::build);
        return (value, labels) -> counter.dataPoint(
                new CounterSnapshot.CounterDataPointSnapshot((double) value, with(labels), null, 0L));
    }

    /// Adds a histogram.
    void histogram(String name, String help, Histogram histogram) {
        var point = new HistogramSnapshot.HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(histogram.bounds(), histogram.counts()),
                histogram.sum(),
                common,
                Exemplars.EMPTY,
                0L);
        var snapshot = HistogramSnapshot.builder().name(inLibrary(name)).help(help).dataPoint(point);
        families.add(snapshot::build);
    }

    /// All, complete.
    List<MetricSnapshot> all() {
        return families.stream().map(Supplier::get).toList();
    }

    private Labels with(String... labels) {
        return common.merge(Labels.of(labels));
    }

    /// The library keeps some endings for itself, though vLLM uses them otherwise. It writes `-` as `_`.
    private String inLibrary(String name) {
        return prefix + name.replaceFirst("_(total|info)$", "-$1");
    }
}
