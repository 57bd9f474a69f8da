package io.sagebench.benchmark;

import io.sagebench.engine.EngineDescription;
import io.sagebench.policy.Offer;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.report.NotRun;
import io.sagebench.request.RequestType;
import io.sagebench.workload.RequestKind;
import io.sagebench.workload.StreamTraits;
import io.sagebench.workload.WorkloadSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Which of the policies asked for are measured. One that needs what the load or the engines do not offer is another policy in effect: where all
/// policies are asked for, it is left out and listed; where it is named, it is measured and said to be degraded. A policy that is not installed
/// here may be known to the server, and is measured.
///
/// @param policies measured, in the order asked for
/// @param unmet    what those measured need and do not get, by name
/// @param notRun   the others
record Lineup(List<String> policies, Map<String, String> unmet, List<NotRun> notRun) {
    Lineup {
        policies = List.copyOf(policies);
        unmet = Map.copyOf(unmet);
        notRun = List.copyOf(notRun);
    }

    /// @param installed the policies known here, by name
    /// @param asked     by name
    /// @param all       whether all that fit are asked for, rather than these by name
    static Lineup of(Function<String, Optional<PolicyFactory>> installed, List<String> asked, boolean all, Offer offer) {
        var measured = new ArrayList<String>();
        var unmet = new HashMap<String, String>();
        var notRun = new ArrayList<NotRun>();
        for (String name : asked) {
            Optional<String> needs = installed.apply(name).flatMap(factory -> factory.missing(offer));
            if (needs.isPresent() && all) {
                notRun.add(NotRun.needs(name, needs.get()));
            } else {
                measured.add(name);
                needs.ifPresent(what -> unmet.put(name, what));
            }
        }
        return new Lineup(measured, unmet, notRun);
    }

    /// How a policy falls short of its rule.
    ///
    /// @param said what the control plane says of it
    Optional<String> degraded(String policy, Optional<String> said) {
        Optional<String> needs = Optional.ofNullable(unmet.get(policy))
                .map(what -> "needs " + what + ", which this load and these engines do not offer");
        return needs.isPresent() && said.isPresent() ? Optional.of(needs.get() + "; " + said.get()) : needs.or(() -> said);
    }

    /// What a load and engines offer.
    static Offer offerOf(WorkloadSpec workload, List<EngineDescription> engines) {
        List<StreamTraits> traits = workload.occurring().stream().map(RequestKind::traits).toList();
        return new Offer(
                workload.types(),
                workload.models(),
                Math.toIntExact(traits.stream().flatMap(kind -> kind.tenant().stream()).distinct().count()),
                workload.sharesPrefixes(),
                engines);
    }

    /// What is to be said of a policy that does not look at the types of requests, where there are prompts and texts to embed.
    static Optional<String> blindness(Policies installed, String policy, WorkloadSpec workload) {
        boolean mixes = workload.types().contains(RequestType.EMBEDDING) && workload.types().size() > 1;
        return installed.named(policy)
                .filter(factory -> mixes && !factory.tellsTypesApart())
                .map(_ -> "blind to request types: texts to embed wait and are placed by the same rule as prompts");
    }

    /// Whether a policy is a bound rather than a policy.
    static boolean isCeiling(Policies installed, String policy) {
        return installed.named(policy).map(PolicyFactory::isCeiling).orElse(false);
    }

    /// Why nothing could be measured.
    static String reason(List<NotRun> notRun) {
        return String.join("; ", notRun.stream().map(NotRun::sentence).toList());
    }
}
