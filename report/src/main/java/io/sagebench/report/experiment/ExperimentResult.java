package io.sagebench.report.experiment;

import io.sagebench.report.NotRun;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.TargetReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What came of an experiment.
///
/// @param name       the experiment's, also of its files
/// @param type       which question it asks
/// @param startedAt  by this machine's clock
/// @param endedAt    by the same
/// @param parameters what was asked for
/// @param target     what was measured
/// @param results    what was found at each level, in the layout of the result file
/// @param summary    what follows from that, in the same
/// @param measured   all measurements, with what they were made at; those cut short by an interrupt are left out
/// @param notRun     policies that were asked for and not measured
/// @param shown      the same for people
/// @param charts     names of the charts that were drawn
/// @param error      why it is not complete, if it is not
/// @param interrupted whether it was asked to stop before it was done
public record ExperimentResult(
        String name,
        String type,
        Instant startedAt,
        Instant endedAt,
        Fields parameters,
        TargetReport target,
        List<Fields> results,
        Fields summary,
        List<MeasuredAt> measured,
        List<NotRun> notRun,
        Shown shown,
        List<String> charts,
        Optional<String> error,
        boolean interrupted) {
    public ExperimentResult {
        results = List.copyOf(results);
        measured = List.copyOf(measured);
        notRun = List.copyOf(notRun);
        charts = List.copyOf(charts);
    }

    /// One policy at one level.
    ///
    /// @param level what was varied, in words, for example `100 req/s`
    public record MeasuredAt(String level, PolicyReport policy) {}

    /// What people see.
    ///
    /// @param tables   from top to bottom
    /// @param findings what follows, one line each
    public record Shown(List<FigureTable> tables, List<String> findings) {
        public Shown {
            tables = List.copyOf(tables);
            findings = List.copyOf(findings);
        }
    }

    /// Whether all of it was done.
    public boolean success() {
        return error.isEmpty();
    }

    /// How long it took.
    public Duration duration() {
        return Duration.between(startedAt, endedAt);
    }

    /// The same of a target told otherwise.
    public ExperimentResult with(TargetReport other) {
        return new ExperimentResult(
                name, type, startedAt, endedAt, parameters, other, results, summary, measured, notRun, shown, charts, error, interrupted);
    }

    /// The same with the names of its charts.
    public ExperimentResult withCharts(List<String> names) {
        return new ExperimentResult(
                name, type, startedAt, endedAt, parameters, target, results, summary, measured, notRun, shown, names, error, interrupted);
    }
}
