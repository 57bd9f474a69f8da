package io.sagebench.cli;

import io.sagebench.benchmark.config.ConfigDraft;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;

/// The options that the commands that measure share. All values are taken as text and checked together, so that all mistakes are told at once.
final class LoadOptions {
    @ArgGroup(validate = false, order = 10, heading = "%nWhat is measured:%n")
    private TargetOptions target = new TargetOptions();

    @ArgGroup(validate = false, order = 20, heading = "%nThe load:%n")
    private TrafficOptions traffic = new TrafficOptions();

    @ArgGroup(validate = false, order = 25, heading = "%nWhen requests come:%n")
    private ArrivalOptions arrivals = new ArrivalOptions();

    @ArgGroup(validate = false, order = 30, heading = "%nThe measurement:%n")
    private MeasuringOptions measuring = new MeasuringOptions();

    @ArgGroup(validate = false, order = 35, heading = "%nWhat is watched meanwhile:%n")
    private MonitorOptions monitor = new MonitorOptions();

    @ArgGroup(validate = false, order = 40, heading = "%nResults and messages:%n")
    private ResultOptions results = new ResultOptions();

    /// What was given as the rate.
    Optional<String> rate() {
        return traffic.rate();
    }

    OptionalInt dashboard() {
        return results.dashboard();
    }

    boolean quiet() {
        return results.quiet();
    }

    @Nullable String saveFormat() {
        return results.saveFormat();
    }

    boolean force() {
        return results.force();
    }

    /// Puts options, environment and file together, in the order in which they count.
    void fill(ConfigDraft draft, Map<String, String> environment) {
        target.giveTo(draft);
        traffic.giveTo(draft);
        arrivals.giveTo(draft);
        measuring.giveTo(draft);
        monitor.giveTo(draft);
        results.giveTo(draft);
        draft.environment(environment);
        results.config().ifPresent(draft::file);
    }
}
