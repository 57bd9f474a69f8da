package io.sagebench.benchmark;

import io.sagebench.benchmark.Serving.EngineGroup;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.request.Check;
import io.sagebench.request.Tokenizer;
import io.sagebench.workload.WorkloadSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// One benchmark: which policies, under which load, against what. Immutable; equal configurations with equal seeds send equal requests.
///
/// [#builder] makes one from the documented names, with the defaults of the program:
///
/// ```java
/// BenchmarkConfig config = BenchmarkConfig.builder()
///         .simulated()
///         .policies("fifo", "slo_aware")
///         .numRequests(1000)
///         .requestRate(100)
///         .build();
/// ```
///
/// @param target    what is measured
/// @param selection the policies that are, with their parameters
/// @param workload  the measured load
/// @param measuring how often, after how much warm-up, from which seed
/// @param client    how requests are sent
/// @param fleet     the simulated engines, where the target has them
public record BenchmarkConfig(
        Target target,
        PolicySelection selection,
        WorkloadSpec workload,
        MeasuringConfig measuring,
        ClientConfig client,
        FleetConfig fleet) {

    /// Begins one with the defaults of the program.
    public static BenchmarkConfigBuilder builder() {
        return new BenchmarkConfigBuilder();
    }

    /// The same under another load.
    public BenchmarkConfig with(WorkloadSpec other) {
        return new BenchmarkConfig(target, selection, other, measuring, client, fleet);
    }

    /// The same with other engines.
    public BenchmarkConfig with(FleetConfig other) {
        return new BenchmarkConfig(target, selection, workload, measuring, client, other);
    }

    /// The same of other policies.
    public BenchmarkConfig withPolicies(List<String> others) {
        var selected = new PolicySelection(others, selection.parameters(), selection.leftOut());
        return new BenchmarkConfig(target, selected, workload, measuring, client, fleet);
    }

    /// The same from another seed.
    public BenchmarkConfig withSeed(long other) {
        return new BenchmarkConfig(target, selection, workload, measuring.withSeed(other), client, fleet);
    }

    /// The same that goes on, or not, when a policy cannot be put in force.
    public BenchmarkConfig continuingOnError(boolean goesOn) {
        var selected = new PolicySelection(selection.names(), selection.parameters(), new LeftOut(goesOn, leftOut().unfit()));
        return new BenchmarkConfig(target, selected, workload, measuring, client, fleet);
    }

    /// The names of the policies, at least one, each once.
    public List<String> policies() {
        return selection.names();
    }

    /// Which policies are left out rather than standing in the way.
    public LeftOut leftOut() {
        return selection.leftOut();
    }

    /// What was said of the parameters of a policy.
    public Map<String, String> parametersOf(String policy) {
        return selection.parameters().getOrDefault(policy, Map.of());
    }

    /// Whether a server that says it is not well is measured all the same, and a policy that cannot be put in force is left out.
    public boolean continueOnError() {
        return leftOut().refused();
    }

    /// Requests sent before the measured ones.
    public int warmup() {
        return measuring.warmup();
    }

    /// How often each policy is measured.
    public int repeats() {
        return measuring.repeats();
    }

    /// Everything random follows from it.
    public long seed() {
        return measuring.seed();
    }

    /// What goes wrong in the simulated engines.
    public FaultPlan faults() {
        return fleet.faults();
    }

    /// Which policies are measured.
    ///
    /// @param names      at least one, each once
    /// @param parameters what was said of their parameters: values by name, by policy; the others have their defaults
    /// @param leftOut    which of them are left out rather than standing in the way
    public record PolicySelection(List<String> names, Map<String, Map<String, String>> parameters, LeftOut leftOut) {
        public PolicySelection {
            names = List.copyOf(names);
            parameters = Map.copyOf(parameters);
            if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
                throw new IllegalArgumentException("policies must name at least one policy, each once, but is " + names);
            }
        }

        /// Those, with their default parameters, none left out.
        public static PolicySelection of(String... names) {
            return new PolicySelection(List.of(names), Map.of(), LeftOut.NONE);
        }
    }

    /// Policies that are left out, and listed as not run.
    ///
    /// @param refused those that cannot be put in force, where else the benchmark ends; a server that says it is not well is measured all the same
    /// @param unfit   those that need what the load or the engines do not offer, which else are measured as degraded
    public record LeftOut(boolean refused, boolean unfit) {
        /// None is.
        public static final LeftOut NONE = new LeftOut(false, false);
    }

    /// How each policy is measured.
    ///
    /// @param warmup     requests sent before the measured ones, from another part of the seed; not counted anywhere
    /// @param repeats    how often each policy is measured, in interleaved order; at least 1
    /// @param seed       everything random follows from it
    /// @param settle     the pause before the next policy, once the server says that it is idle; absent for none, or one second with a server that
    ///                   does not say. In virtual time each policy has a world of its own, and there is none
    /// @param cacheProbe whether a few prompts are sent twice before each measured load, to see what the server's prefix cache is worth
    /// @param monitor    what is watched meanwhile
    public record MeasuringConfig(
            int warmup, int repeats, long seed, Optional<Duration> settle, boolean cacheProbe, MonitorConfig monitor) {
        public MeasuringConfig {
            Check.atLeast(0, warmup, "warmup");
            Check.atLeast(1, repeats, "repeats");
            settle.ifPresent(pause -> Check.notNegative(pause.toNanos(), "settle"));
        }

        /// Without a pause of its own, without a probe, and with nothing watched.
        public MeasuringConfig(int warmup, int repeats, long seed) {
            this(warmup, repeats, seed, Optional.empty(), false, MonitorConfig.NONE);
        }

        /// The same from another seed.
        public MeasuringConfig withSeed(long other) {
            return new MeasuringConfig(warmup, repeats, other, settle, cacheProbe, monitor);
        }
    }

    /// How requests are sent.
    ///
    /// @param total     limit for a whole request, from its send
    /// @param connect   limit for the connection
    /// @param firstByte limit from the send to the first byte of the response
    /// @param idle      limit for a pause inside the response
    /// @param streaming whether answers are asked for as streams
    /// @param ignoreEos whether servers are asked to go on to the asked length (`ignore_eos`)
    /// @param trust     says whom to believe at an https URL; absent for those whom this machine's Java trusts
    /// @param mostInFlight the most requests in flight at once, at least 1; others wait for a free slot. Absent for no limit
    /// @param apiKey    sent as a bearer token; never printed or stored
    /// @param tokenizer of the model: makes prompts of exact length, and counts what servers do not
    public record ClientConfig(
            Duration total,
            Duration connect,
            Duration firstByte,
            Duration idle,
            boolean streaming,
            boolean ignoreEos,
            Optional<SSLContext> trust,
            Optional<Integer> mostInFlight,
            Optional<ApiKey> apiKey,
            Optional<Tokenizer> tokenizer) {
        public ClientConfig {
            mostInFlight.ifPresent(most -> Check.atLeast(1, most, "mostInFlight"));
        }

        /// One without a key, with the trust of this machine's Java, that sends whatever is in flight.
        public ClientConfig(
                Duration total, Duration connect, Duration firstByte, Duration idle, boolean streaming, boolean ignoreEos) {
            this(total, connect, firstByte, idle, streaming, ignoreEos, Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.empty());
        }
    }

    /// The simulated engines behind the embedded or simulated control plane.
    ///
    /// @param groups     engines alike, in the order in which they are numbered; at least one
    /// @param maxNumSeqs the most sequences each engine that has one model runs at once; absent for the default of the fleet
    /// @param faults     what goes wrong in them
    public record FleetConfig(List<EngineGroup> groups, Optional<Integer> maxNumSeqs, FaultPlan faults) {
        public FleetConfig {
            groups = List.copyOf(groups);
            Check.atLeast(1, groups.size(), "the number of engine groups");
        }

        /// Engines in which nothing goes wrong.
        public FleetConfig(List<EngineGroup> groups, Optional<Integer> maxNumSeqs) {
            this(groups, maxNumSeqs, FaultPlan.NONE);
        }

        /// Engines of one kind.
        ///
        /// @param instances how many, at least 1
        /// @param profile   name of the engine profile each runs, or the file it is in
        public FleetConfig(int instances, String profile, Optional<Integer> maxNumSeqs) {
            this(List.of(new EngineGroup(instances, profile)), maxNumSeqs);
        }

        /// The same with other engines.
        public FleetConfig with(List<EngineGroup> others) {
            return new FleetConfig(others, maxNumSeqs, faults);
        }

        /// The same in which other things go wrong.
        public FleetConfig with(FaultPlan others) {
            return new FleetConfig(groups, maxNumSeqs, others);
        }

        /// How many engines there are.
        public int instances() {
            return groups.stream().mapToInt(EngineGroup::count).sum();
        }
    }

    /// A secret that does not print.
    public static final class ApiKey {
        private final String secret;

        /// @param secret sent as a bearer token
        public ApiKey(String secret) {
            this.secret = secret;
        }

        /// The secret itself.
        public String reveal() {
            return secret;
        }

        @Override
        public String toString() {
            return "(hidden)";
        }
    }
}
