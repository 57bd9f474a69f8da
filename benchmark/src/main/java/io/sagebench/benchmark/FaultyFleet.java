package io.sagebench.benchmark;

import io.sagebench.engine.Engine;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultyEngine;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.random.Seed;
import io.sagebench.time.Timeline;
import java.util.List;

/// Simulated engines that fail by a plan. The same seed fails the same requests, live and in virtual time, under every policy and on every engine.
final class FaultyFleet {
    private FaultyFleet() {}

    /// The same engines when the plan is empty.
    ///
    /// @param seed the run's
    static List<Engine> of(List<Engine> engines, FaultPlan faults, Timeline timeline, Seed seed) {
        return faults.isEmpty() ? engines : adjustable(engines, faults, timeline, seed);
    }

    /// The same engines, whose plan can be changed while they serve (`POST /admin/faults`), even if nothing goes wrong at first.
    static List<Engine> adjustable(List<Engine> engines, FaultPlan faults, Timeline timeline, Seed seed) {
        return engines.stream()
                .<Engine>map(engine -> engine instanceof MonitoredEngine simulated
                        ? new FaultyEngine(timeline, simulated, faults, seed.child("faults"))
                        : engine)
                .toList();
    }

    /// The plan in a few words, to go after the description of the engines; empty when nothing goes wrong.
    static String describe(FaultPlan faults) {
        return faults.isEmpty() ? "" : ", faults " + faults.text();
    }
}
