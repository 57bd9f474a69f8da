package io.sagebench.benchmark.scenario;

import io.sagebench.benchmark.VirtualMeasurement;
import io.sagebench.metrics.ClientHealth;
import io.sagebench.metrics.MetricsCollector;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import java.util.Optional;

/// One policy in one scenario with one seed, in virtual time.
///
/// @param metrics  its numbers
/// @param degraded how it fell short of its rule with these engines, if it did
public record ScenarioRun(RunMetrics metrics, Optional<String> degraded) {

    /// Runs it. The same seed gives every policy the same requests at the same times.
    ///
    /// @param policy with its default parameters; nothing it needs may be missing
    public static ScenarioRun of(Policies policies, String policy, Scenario scenario, Seed seed) {
        var collector = new MetricsCollector();
        VirtualMeasurement.Ended ended = VirtualMeasurement.run(
                policies, policy, scenario.workload().measured(seed), scenario.fleet(), seed, collector);
        return new ScenarioRun(
                collector.metrics(ended.peakInFlight(), ClientHealth.PERFECT, scenario.fleet().prices()), ended.degraded());
    }
}
