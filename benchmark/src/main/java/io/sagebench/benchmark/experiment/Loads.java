package io.sagebench.benchmark.experiment;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.workload.Extent;
import io.sagebench.workload.RequestKind;
import io.sagebench.workload.Weighted;
import io.sagebench.workload.WorkloadSpec;
import io.sagebench.workload.WorkloadSpec.Load;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The same load with one thing changed.
public final class Loads {
    private Loads() {}

    /// Why the rate of a load cannot be varied, if it cannot; in words that follow "the rate is varied, but".
    public static Optional<String> problemWithRate(WorkloadSpec workload) {
        return switch (workload.load()) {
            case Load.Open(ArrivalProcess arrivals, Extent _) ->
                Double.isFinite(arrivals.meanPerSecond())
                        ? Optional.empty()
                        : Optional.of("requests that all come at once have none");
            case Load.Replayed _ -> Optional.of("a trace brings its own times");
            case Load.Closed _ -> Optional.of("callers that wait for answers have none");
        };
    }

    /// At another rate.
    ///
    /// @throws IllegalArgumentException when it has none, see [#problemWithRate]
    public static WorkloadSpec atRate(WorkloadSpec workload, double ratePerSecond) {
        refuse(workload);
        return workload.with(new Load.Open(openOf(workload).arrivals().at(ratePerSecond), openOf(workload).extent()));
    }

    /// Of other size and rate.
    ///
    /// @throws IllegalArgumentException when it has no rate
    static WorkloadSpec with(WorkloadSpec workload, long requests, double ratePerSecond) {
        refuse(workload);
        return workload.with(new Load.Open(openOf(workload).arrivals().at(ratePerSecond), Extent.requests(requests)));
    }

    private static void refuse(WorkloadSpec workload) {
        problemWithRate(workload).ifPresent(problem -> {
            throw new IllegalArgumentException("the rate is varied, but " + problem);
        });
    }

    /// How many requests there are; about how many where time ends them.
    public static long requestsOf(WorkloadSpec workload) {
        return switch (workload.load()) {
            case Load.Open(ArrivalProcess arrivals, Extent extent) ->
                extent.countsRequests()
                        ? extent.requests()
                        : Math.round(arrivals.meanPerSecond() * extent.span().toNanos() / 1e9);
            case Load.Replayed replayed -> replayed.requests();
            case Load.Closed closed -> closed.extent().requests();
        };
    }

    /// The share of prompts among its requests.
    public static double llmRatioOf(WorkloadSpec workload) {
        double ratio = workload.kinds().shares().entrySet().stream()
                .filter(kind -> kind.getKey().type().isGeneration())
                .mapToDouble(Map.Entry::getValue)
                .sum();
        return Math.round(ratio * 1e9) / 1e9; // without the dust of binary fractions
    }

    /// Its mean rate per second; not a number when it has none.
    public static double rateOf(WorkloadSpec workload) {
        return problemWithRate(workload).isEmpty() ? openOf(workload).arrivals().meanPerSecond() : Double.NaN;
    }

    private static Load.Open openOf(WorkloadSpec workload) {
        return (Load.Open) workload.load();
    }

    /// With another share of prompts. Kinds of prompts keep their shares among themselves, as do kinds of texts.
    ///
    /// @param llmRatio from 0 to 1
    /// @throws IllegalArgumentException when there are no texts to embed beside prompts
    static WorkloadSpec withLlmRatio(WorkloadSpec workload, double llmRatio) {
        double prompts = 0;
        for (Map.Entry<RequestKind, Double> kind : workload.kinds().shares().entrySet()) {
            prompts += kind.getKey().type().isGeneration() ? kind.getValue() : 0;
        }
        if (!(prompts > 0 && prompts < 1)) {
            throw new IllegalArgumentException("the share of prompts is varied, but there are only " + (prompts > 0 ? "prompts" : "texts to embed"));
        }
        var shares = new LinkedHashMap<RequestKind, Double>();
        for (Map.Entry<RequestKind, Double> kind : workload.kinds().shares().entrySet()) {
            boolean generates = kind.getKey().type().isGeneration();
            shares.put(kind.getKey(), kind.getValue() / (generates ? prompts : 1 - prompts) * (generates ? llmRatio : 1 - llmRatio));
        }
        return new WorkloadSpec(workload.load(), Weighted.of(shares), workload.priorities(), workload.conversations());
    }

    /// Divided between tenants, each of which sends every kind of request.
    ///
    /// @param tenants their shares of the requests, by name
    static WorkloadSpec ofTenants(WorkloadSpec workload, Map<String, Double> tenants) {
        var shares = new LinkedHashMap<RequestKind, Double>();
        tenants.forEach((tenant, part) -> workload.kinds().shares().forEach((kind, share) -> shares.put(
                new RequestKind(
                        kind.name() + "-" + tenant, kind.models(), kind.serviceLevels(), kind.promptLength(), kind.outputLength(),
                        kind.traits().of(tenant), kind.pool()),
                share * part)));
        return new WorkloadSpec(workload.load(), Weighted.of(shares), workload.priorities(), workload.conversations());
    }
}
