package io.sagebench.benchmark;

import io.sagebench.live.monitor.MachineMonitor;
import io.sagebench.loadgen.LoadClient;
import io.sagebench.metrics.ClientHealth;
import io.sagebench.time.Timeline;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// A policy in force on a target, ready to be measured: what differs between live and virtual runs, and nothing else.
interface Stand {

    /// The timeline of the load generator.
    Timeline timeline();

    /// Sends requests to the target.
    LoadClient client();

    /// The control plane's count of policy switches, when it says.
    OptionalLong epoch();

    /// How far ahead a measured window is announced, so that its first request is not late already.
    long leadNanos();

    /// Now, as a point in time for reports: by the machine's clock, or in virtual time as much after 1970 as the run is old, so that nothing
    /// virtual looks measured and equal runs stay equal.
    Instant instant();

    /// Runs `begin` on the timeline and returns when the action handed to it has been run, which is on the timeline too.
    ///
    /// @param begin gets what to run when all is done; running that again is harmless
    /// @param tick  called a few times a second meanwhile, on any thread
    void run(Consumer<Runnable> begin, Runnable tick);

    /// Runs an action on the timeline soon. Safe from any thread.
    void post(Runnable action);

    /// Begins to watch the load generator's own health, for a window of measurement.
    HealthWatch watchHealth();

    /// Begins to watch machines and engines, for a window of measurement that begins in [#leadNanos]; absent where nothing is watched.
    default Optional<MachineMonitor.Watch> watchMachines() {
        return Optional.empty();
    }

    /// The control plane's own metrics as a JSON object, when it offers them.
    Optional<String> controlPlaneMetricsJson();

    /// How the policy in force falls short of its rule with these engines, when it does and the control plane says so.
    Optional<String> degraded();

    /// What may have disturbed the measurement, for the report.
    default Optional<String> note() {
        return Optional.empty();
    }

    /// Counts what servers do not; absent when nothing can, or must.
    default Optional<TokenRecount> recount() {
        return Optional.empty();
    }

    /// Watches the load generator.
    interface HealthWatch {
        /// Ends the watch.
        ClientHealth stop();
    }
}
