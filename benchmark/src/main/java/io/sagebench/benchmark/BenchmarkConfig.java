package io.sagebench.benchmark;

import io.sagebench.benchmark.Serving.EngineGroup;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.request.Check;
import io.sagebench.workload.WorkloadSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// One benchmark: which policies, under which load, against what.
///
/// @param target   what is measured
/// @param policies at least one, each once
/// @param workload the measured load
/// @param warmup   requests sent before the measured ones, from another part of the seed; not counted anywhere
/// @param client   how requests are sent
/// @param fleet    the simulated engines, where the target has them
/// @param faults   what goes wrong in them
/// @param seed     everything random follows from it
/// @param repeats  how often each policy is measured, in interleaved order; at least 1
/// @param apiKey   sent as a bearer token; never printed or stored
/// @param policyParameters what was said of the parameters of the policies: values by name, by policy; the others have their defaults
/// @param leftOut  which policies are left out rather than standing in the way
public record BenchmarkConfig(
        Target target,
        List<String> policies,
        WorkloadSpec workload,
        int warmup,
        ClientConfig client,
        FleetConfig fleet,
        FaultPlan faults,
        long seed,
        int repeats,
        Optional<ApiKey> apiKey,
        Map<String, Map<String, String>> policyParameters,
        LeftOut leftOut) {
    public BenchmarkConfig {
        policyParameters = Map.copyOf(policyParameters);
        policies = List.copyOf(policies);
        if (policies.isEmpty() || policies.stream().distinct().count() < policies.size()) {
            throw new IllegalArgumentException("policies must name at least one policy, each once, but is " + policies);
        }
        Check.atLeast(0, warmup, "warmup");
        Check.atLeast(1, repeats, "repeats");
    }

    /// One with the default parameters of all policies.
    public BenchmarkConfig(
            Target target,
            List<String> policies,
            WorkloadSpec workload,
            int warmup,
            ClientConfig client,
            FleetConfig fleet,
            FaultPlan faults,
            long seed,
            int repeats,
            Optional<ApiKey> apiKey) {
        this(target, policies, workload, warmup, client, fleet, faults, seed, repeats, apiKey, Map.of());
    }

    /// One that leaves no policy out.
    public BenchmarkConfig(
            Target target,
            List<String> policies,
            WorkloadSpec workload,
            int warmup,
            ClientConfig client,
            FleetConfig fleet,
            FaultPlan faults,
            long seed,
            int repeats,
            Optional<ApiKey> apiKey,
            Map<String, Map<String, String>> policyParameters) {
        this(target, policies, workload, warmup, client, fleet, faults, seed, repeats, apiKey, policyParameters, LeftOut.NONE);
    }

    /// The same under another load.
    public BenchmarkConfig with(WorkloadSpec other) {
        return new BenchmarkConfig(
                target, policies, other, warmup, client, fleet, faults, seed, repeats, apiKey, policyParameters, leftOut);
    }

    /// The same with other engines.
    public BenchmarkConfig with(FleetConfig other) {
        return new BenchmarkConfig(
                target, policies, workload, warmup, client, other, faults, seed, repeats, apiKey, policyParameters, leftOut);
    }

    /// The same of other policies.
    public BenchmarkConfig withPolicies(List<String> others) {
        return new BenchmarkConfig(
                target, others, workload, warmup, client, fleet, faults, seed, repeats, apiKey, policyParameters, leftOut);
    }

    /// The same from another seed.
    public BenchmarkConfig withSeed(long other) {
        return new BenchmarkConfig(
                target, policies, workload, warmup, client, fleet, faults, other, repeats, apiKey, policyParameters, leftOut);
    }

    /// The same that goes on, or not, when a policy cannot be put in force.
    public BenchmarkConfig continuingOnError(boolean goesOn) {
        return new BenchmarkConfig(
                target, policies, workload, warmup, client, fleet, faults, seed, repeats, apiKey, policyParameters,
                new LeftOut(goesOn, leftOut.unfit()));
    }

    /// Whether a server that says it is not well is measured all the same, and a policy that cannot be put in force is left out.
    public boolean continueOnError() {
        return leftOut.refused();
    }

    /// Policies that are left out, and listed as not run.
    ///
    /// @param refused those that cannot be put in force, where else the benchmark ends; a server that says it is not well is measured all the same
    /// @param unfit   those that need what the load or the engines do not offer, which else are measured as degraded
    public record LeftOut(boolean refused, boolean unfit) {
        /// None is.
        public static final LeftOut NONE = new LeftOut(false, false);
    }

    /// What was said of the parameters of a policy.
    public Map<String, String> parametersOf(String policy) {
        return policyParameters.getOrDefault(policy, Map.of());
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
    public record ClientConfig(
            Duration total,
            Duration connect,
            Duration firstByte,
            Duration idle,
            boolean streaming,
            boolean ignoreEos,
            Optional<SSLContext> trust,
            Optional<Integer> mostInFlight) {
        public ClientConfig {
            mostInFlight.ifPresent(most -> Check.atLeast(1, most, "mostInFlight"));
        }

        /// One with the trust of this machine's Java that sends whatever is in flight.
        public ClientConfig(
                Duration total, Duration connect, Duration firstByte, Duration idle, boolean streaming, boolean ignoreEos) {
            this(total, connect, firstByte, idle, streaming, ignoreEos, Optional.empty(), Optional.empty());
        }
    }

    /// The simulated engines behind the embedded or simulated control plane.
    ///
    /// @param groups     engines alike, in the order in which they are numbered; at least one
    /// @param maxNumSeqs the most sequences each engine that has one model runs at once; absent for the default of the fleet
    public record FleetConfig(List<EngineGroup> groups, Optional<Integer> maxNumSeqs) {
        public FleetConfig {
            groups = List.copyOf(groups);
            Check.atLeast(1, groups.size(), "the number of engine groups");
        }

        /// Engines of one kind.
        ///
        /// @param instances how many, at least 1
        /// @param profile   name of the engine profile each runs, or the file it is in
        public FleetConfig(int instances, String profile, Optional<Integer> maxNumSeqs) {
            this(List.of(new EngineGroup(instances, profile)), maxNumSeqs);
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
