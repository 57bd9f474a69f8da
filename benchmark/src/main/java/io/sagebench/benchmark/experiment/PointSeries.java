package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.Benchmark;
import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.BenchmarkResult;
import io.sagebench.benchmark.BenchmarkSeries;
import io.sagebench.benchmark.Benchmarks;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.benchmark.Target;
import io.sagebench.report.NotRun;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.RecordSink;
import io.sagebench.report.TargetReport;
import io.sagebench.workload.WorkloadPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Measures points one after another on one target. In virtual time each policy of each point is a run of its own, and as many run at the same time as
/// there are cores: none depends on another, so the results are the same.
public final class PointSeries implements AutoCloseable {
    private final BenchmarkSeries series;
    private final boolean virtual;
    private final BenchmarkListener listener;
    private final StopSignal stop;
    private volatile @Nullable TargetReport target;

    /// @param target   says what is measured; its load asks for every model that any point asks for
    /// @param listener is told how it goes
    public PointSeries(Benchmarks runner, BenchmarkConfig target, BenchmarkListener listener, StopSignal stop) {
        this.series = runner.series(target);
        this.virtual = target.target() instanceof Target.Simulated;
        this.listener = listener;
        this.stop = stop;
    }

    /// What became of some points.
    ///
    /// @param points  those of which something was measured, in their order
    /// @param failure why the others were not, unless the series was stopped
    public record Measured(List<PointResult> points, Optional<String> failure) {
        public Measured {
            points = List.copyOf(points);
        }
    }

    /// What is measured; absent before the first benchmark.
    public Optional<TargetReport> target() {
        return Optional.ofNullable(target);
    }

    /// Whether it was asked to stop.
    boolean isStopped() {
        return stop.isRequested();
    }

    /// Whether several threads may measure at the same time.
    boolean isVirtual() {
        return virtual;
    }

    /// Measures all of them.
    ///
    /// @param records takes the records of a point
    public Measured run(List<Point> points, Function<Point, RecordSink> records) {
        return virtual ? apart(points, records) : inTurn(points, records);
    }

    /// Measures one, telling the listener nothing in virtual time.
    ///
    /// @return absent when it was stopped before
    Optional<Part> measure(Point point, RecordSink records) {
        return stop.isRequested() ? Optional.empty() : Optional.of(part(point, records));
    }

    private Measured inTurn(List<Point> points, Function<Point, RecordSink> records) {
        var parts = new ArrayList<Part>();
        for (int i = 0; i < points.size() && !stop.isRequested(); i++) {
            Point point = points.get(i);
            listener.position(point.level(), i, points.size());
            Part part = part(point, records.apply(point));
            parts.add(part);
            if (part.failure().isPresent()) {
                break;
            }
        }
        return merged(points, parts);
    }

    private Measured apart(List<Point> points, Function<Point, RecordSink> records) {
        List<Point> each = points.stream()
                .flatMap(point -> point.config().policies().stream()
                        .map(policy -> new Point(point.level(), point.value(), point.config().withPolicies(List.of(policy)))))
                .toList();
        var done = new ArrayList<Part>();
        List<Optional<Part>> parts = Cores.forEach(each, alone -> {
            Optional<Part> part = measure(alone, records.apply(alone));
            synchronized (done) {
                part.ifPresent(done::add);
                listener.position(alone.config().policies().getFirst() + " at " + alone.level(), done.size(), each.size());
            }
            return part;
        });
        return merged(points, parts.stream().flatMap(Optional::stream).toList());
    }

    /// Some policies of a point.
    ///
    /// @param failure why nothing was measured
    record Part(Point point, List<PolicyReport> whole, List<PolicyReport> cutShort, List<NotRun> notRun, Optional<String> failure) {}

    private Part part(Point point, RecordSink records) {
        BenchmarkConfig config = point.config();
        BenchmarkListener told = virtual ? new OnlyTheTarget() : listener;
        return switch (series.run(config, told, records, stop)) {
            case BenchmarkResult.CouldNotRun(String message) ->
                new Part(point, List.of(), List.of(), List.of(), Optional.of(message));
            case BenchmarkResult.Measured measured -> {
                keep(measured.target());
                var cut = measured.policies().stream()
                        .filter(policy -> measured.interrupted() && isCutShort(policy, config))
                        .toList();
                yield new Part(
                        point,
                        measured.policies().stream().filter(policy -> !cut.contains(policy)).toList(),
                        cut,
                        measured.notRun(),
                        Optional.empty());
            }
        };
    }

    private synchronized void keep(TargetReport known) {
        if (target == null) {
            target = known;
        }
    }

    private static boolean isCutShort(PolicyReport policy, BenchmarkConfig config) {
        var counts = policy.metrics().counts();
        if (counts.byOutcome().containsKey("cancelled")) {
            return true;
        }
        long planned = 0;
        for (int repeat = 1; repeat <= config.repeats(); repeat++) {
            OptionalLong size = WorkloadPlan.measured(config.workload(), Benchmark.seedOf(config, repeat)).size();
            if (size.isEmpty()) {
                return false; // callers who ask until time is up: nobody knows how often they would have
            }
            planned += size.getAsLong();
        }
        return counts.total() < planned;
    }

    private static Measured merged(List<Point> points, List<Part> parts) {
        var results = new ArrayList<PointResult>();
        for (Point point : points) {
            List<Part> own = parts.stream().filter(part -> part.point().value() == point.value() && part.failure().isEmpty()).toList();
            if (!own.isEmpty()) {
                results.add(new PointResult(
                        point,
                        all(own, Part::whole).toList(),
                        all(own, Part::cutShort).toList(),
                        all(own, Part::notRun).toList()));
            }
        }
        return new Measured(results, parts.stream().flatMap(part -> part.failure().stream()).findFirst());
    }

    private static <T> Stream<T> all(List<Part> parts, Function<Part, List<T>> which) {
        return parts.stream().flatMap(part -> which.apply(part).stream());
    }

    @Override
    public void close() {
        series.close();
    }

    /// In virtual time, where many benchmarks would talk at the same time.
    private final class OnlyTheTarget implements BenchmarkListener {
        @Override
        public void targetReady(TargetReport ready) {
            keep(ready);
            listener.targetReady(ready);
        }

        @Override
        public void note(String message) {
            listener.note(message);
        }
    }
}
