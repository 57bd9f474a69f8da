package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.experiment.Experiment.Outcome;
import io.sagebench.report.NotRun;
import io.sagebench.report.RecordSink;
import io.sagebench.report.experiment.ExperimentResult;
import io.sagebench.report.experiment.ExperimentResult.MeasuredAt;
import io.sagebench.report.experiment.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Runs an experiment that is a list of points, judged when all are measured.
///
/// @param name       the experiment's
/// @param type       which question it asks
/// @param target     what is measured; its load asks for every model that any point asks for
/// @param points     what is measured, in this order
/// @param parameters what was asked for
record LevelledRun(String name, String type, BenchmarkConfig target, List<Point> points, Fields parameters) {

    Outcome run(Experiment.Surroundings surroundings, Function<List<PointResult>, Findings> judge) {
        return run(surroundings, _ -> RecordSink.NONE, judge);
    }

    /// @param records takes the records of a point
    Outcome run(
            Experiment.Surroundings surroundings,
            Function<Point, RecordSink> records,
            Function<List<PointResult>, Findings> judge) {
        Instant startedAt = surroundings.clock().instant();
        try (var series = new PointSeries(surroundings.runner(), target, surroundings.listener(), surroundings.stop())) {
            PointSeries.Measured measured = series.run(points, records);
            List<PointResult> whole = measured.points().stream().filter(point -> !point.policies().isEmpty()).toList();
            boolean interrupted = surroundings.stop().isRequested();
            if (whole.isEmpty()) {
                return new Outcome.NothingMeasured(why(measured, interrupted), interrupted && measured.failure().isEmpty());
            }
            Findings findings = judge.apply(whole);
            return new Outcome.Finished(new ExperimentResult(
                    name,
                    type,
                    startedAt,
                    surroundings.clock().instant(),
                    parameters,
                    series.target().orElseThrow(),
                    findings.results(),
                    findings.summary(),
                    whole.stream()
                            .flatMap(point -> point.policies().stream().map(policy -> new MeasuredAt(point.point().level(), policy)))
                            .toList(),
                    notRun(measured),
                    findings.shown(),
                    List.of(),
                    error(measured, interrupted),
                    interrupted));
        }
    }

    private static String why(PointSeries.Measured measured, boolean interrupted) {
        return measured.failure().orElseGet(() -> interrupted
                ? "stopped before anything was measured whole"
                : notRun(measured).stream().map(NotRun::sentence).collect(Collectors.joining("; ")));
    }

    private static List<NotRun> notRun(PointSeries.Measured measured) {
        return measured.points().stream().flatMap(point -> point.notRun().stream()).distinct().toList();
    }

    private static Optional<String> error(PointSeries.Measured measured, boolean interrupted) {
        return measured.failure().or(() -> interrupted
                ? Optional.of("interrupted: what was not measured whole is left out")
                : Optional.empty());
    }
}
