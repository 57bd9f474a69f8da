package io.sagebench.benchmark;

import io.sagebench.benchmark.BenchmarkConfig.ClientConfig;
import io.sagebench.benchmark.BenchmarkConfig.FleetConfig;
import io.sagebench.benchmark.BenchmarkConfig.LeftOut;
import io.sagebench.benchmark.BenchmarkConfig.MeasuringConfig;
import io.sagebench.benchmark.BenchmarkConfig.PolicySelection;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.request.Priority;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.LengthRange;
import io.sagebench.workload.Weighted;
import io.sagebench.workload.WorkloadSpec;
import io.sagebench.workload.WorkloadSpec.Load;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Configurations for tests: the documented defaults, but for what a test says.
final class Configs {
    private Target target = new Target.Simulated();
    private List<String> policies = List.of("fifo", "priority", "slo_aware");
    private Load load = Load.poisson(100, 10);
    private FaultPlan faults = FaultPlan.NONE;
    private Duration firstByte = Duration.ofSeconds(60);
    private Duration idle = Duration.ofSeconds(60);
    private Optional<Integer> mostInFlight = Optional.empty();
    private int warmup = 10;
    private long seed = 7;
    private int repeats = 1;
    private LeftOut leftOut = LeftOut.NONE;
    private Map<String, Map<String, String>> policyParameters = Map.of();

    static Configs aBenchmark() {
        return new Configs();
    }

    Configs of(Target measured) {
        target = measured;
        return this;
    }

    Configs policies(String... names) {
        policies = List.of(names);
        return this;
    }

    /// All policies are asked for, so that those that do not fit are left out.
    Configs leavingOutTheUnfit() {
        leftOut = new LeftOut(false, true);
        return this;
    }

    Configs parameters(Map<String, Map<String, String>> byPolicy) {
        policyParameters = byPolicy;
        return this;
    }

    Configs requests(int requests, double ratePerSecond) {
        return load(Load.poisson(requests, ratePerSecond));
    }

    Configs load(Load given) {
        load = given;
        return this;
    }

    Configs faults(FaultPlan plan) {
        faults = plan;
        return this;
    }

    /// Limits for the first byte and for a pause.
    Configs patience(Duration untilTheFirstByte, Duration inAPause) {
        firstByte = untilTheFirstByte;
        idle = inAPause;
        return this;
    }

    /// The limit on what is in flight.
    Configs mostInFlight(int requests) {
        mostInFlight = Optional.of(requests);
        return this;
    }

    Configs warmup(int requests) {
        warmup = requests;
        return this;
    }

    Configs seed(long value) {
        seed = value;
        return this;
    }

    Configs repeats(int times) {
        repeats = times;
        return this;
    }

    BenchmarkConfig build() {
        Map<Priority, ServiceLevel> promised = new EnumMap<>(Priority.class);
        promised.put(Priority.HIGH, ServiceLevel.endToEnd(Duration.ofMillis(500)));
        promised.put(Priority.NORMAL, ServiceLevel.endToEnd(Duration.ofSeconds(1)));
        promised.put(Priority.LOW, ServiceLevel.endToEnd(Duration.ofSeconds(2)));
        Map<Priority, Double> shares = new LinkedHashMap<>();
        shares.put(Priority.HIGH, 0.2);
        shares.put(Priority.NORMAL, 0.6);
        shares.put(Priority.LOW, 0.2);
        return new BenchmarkConfig(
                target,
                new PolicySelection(policies, policyParameters, leftOut),
                new WorkloadSpec(
                        load,
                        Weighted.always("default"),
                        Weighted.of(shares),
                        promised,
                        new LengthRange(50, 500),
                        new LengthRange(50, 200)),
                new MeasuringConfig(warmup, repeats, seed),
                new ClientConfig(
                        Duration.ofSeconds(60), Duration.ofSeconds(10), firstByte, idle, true, true, Optional.empty(), mostInFlight,
                        Optional.empty(), Optional.empty()),
                new FleetConfig(DefaultFleet.INSTANCES, DefaultFleet.PROFILE, Optional.empty()).with(faults));
    }
}
