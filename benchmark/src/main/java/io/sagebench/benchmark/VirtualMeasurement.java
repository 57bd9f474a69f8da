package io.sagebench.benchmark;

import io.sagebench.benchmark.BenchmarkConfig.ClientConfig;
import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.ControlPlaneMetrics;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.engine.Engine;
import io.sagebench.journal.Journal;
import io.sagebench.loadgen.LoadGenerator;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import io.sagebench.time.Timeline;
import io.sagebench.time.VirtualTimeline;
import io.sagebench.workload.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// One policy under any plan in front of any simulated engines, in virtual time: for questions that need more than a configuration can say. The
/// control plane and the engines are new each time, so that nothing depends on what ran before.
public final class VirtualMeasurement {
    /// The client waits for as long as it takes: only deadlines end requests.
    private static final ClientConfig PATIENT = new ClientConfig(
            Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), true, true);

    private VirtualMeasurement() {}

    /// Makes the engines of a run.
    @FunctionalInterface
    public interface Fleet {
        /// Fresh engines, with ids that differ.
        ///
        /// @param seed for what they leave to chance
        List<Engine> engines(Timeline timeline, Seed seed);
    }

    /// What is known after the last request has ended.
    ///
    /// @param peakInFlight the most requests that were in flight at once
    /// @param controlPlane its books
    /// @param degraded     how the policy fell short of its rule with these engines, if it did
    public record Ended(int peakInFlight, ControlPlaneMetrics controlPlane, Optional<String> degraded) {}

    /// Runs all requests of the plan to their ends. With a policy that is a ceiling, the length of each answer is told ahead.
    ///
    /// @param policy  with its default parameters
    /// @param journal gets each record as its request ends
    /// @throws IllegalArgumentException when there is no such policy
    public static Ended run(Policies policies, String policy, Plan plan, Fleet fleet, Seed seed, Journal journal) {
        var timeline = new VirtualTimeline();
        var controlPlane = new ControlPlane(
                timeline, policies, policy, fleet.engines(timeline, seed.child("engines")), QueueLimits.DEFAULT, seed, () -> 0);
        var client = new VirtualClient(timeline, controlPlane, PATIENT);
        var done = new AtomicBoolean();
        Plan sent = Lineup.isCeiling(policies, policy) ? plan.announcingOutput() : plan;
        var generator = new LoadGenerator(timeline, sent, 0, client, journal, () -> done.set(true));
        generator.start();
        if (!timeline.runUntil(done::get)) {
            throw new IllegalStateException("nothing is left to happen, but the run is not done: requests were lost by " + policy);
        }
        return new Ended(generator.peakInFlight(), controlPlane.metrics(), controlPlane.degraded());
    }
}
