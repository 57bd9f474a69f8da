package io.sagebench.live.server.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The metric families of one scrape, each labelled with the model and the engine.
final class Families {
    private static final String PREFIX = "vllm:";

    private final Labels common;
    private final List<Supplier<MetricSnapshot>> families = new ArrayList<>();

    Families(String model) {
        common = Labels.of("model_name", model, "engine", "0");
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
    private static String inLibrary(String name) {
        return PREFIX + name.replaceFirst("_(total|info)$", "-$1");
    }
}
