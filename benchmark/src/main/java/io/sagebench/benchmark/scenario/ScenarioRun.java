package io.sagebench.benchmark.scenario;

import io.sagebench.benchmark.VirtualMeasurement;
import io.sagebench.metrics.ClientHealth;
import io.sagebench.metrics.MetricsCollector;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;

/// One policy in one scenario with one seed, in virtual time.
public final class ScenarioRun {
    private ScenarioRun() {}

    /// Its numbers. The same seed gives every policy the same requests at the same times.
    ///
    /// @param policy with its default parameters; nothing it needs may be missing
    public static RunMetrics of(Policies policies, String policy, Scenario scenario, Seed seed) {
        var collector = new MetricsCollector();
        VirtualMeasurement.Ended ended = VirtualMeasurement.run(
                policies, policy, scenario.workload().measured(seed), scenario.fleet(), seed, collector);
        return collector.metrics(ended.peakInFlight(), ClientHealth.PERFECT, scenario.fleet().prices());
    }
}
