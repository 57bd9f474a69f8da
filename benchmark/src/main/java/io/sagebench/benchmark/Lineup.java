package io.sagebench.benchmark;

import io.sagebench.engine.EngineDescription;
import io.sagebench.policy.Offer;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.report.NotRun;
import io.sagebench.workload.RequestKind;
import io.sagebench.workload.StreamTraits;
import io.sagebench.workload.WorkloadSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Which of the policies asked for are measured, and which are not because they need what the load or the engines do not offer: they would be
/// other policies in effect. A policy that is not installed here may be known to the server, and is measured.
///
/// @param policies measured, in the order asked for
/// @param notRun   the others
record Lineup(List<String> policies, List<NotRun> notRun) {
    Lineup {
        policies = List.copyOf(policies);
        notRun = List.copyOf(notRun);
    }

    /// @param installed the policies known here, by name
    /// @param asked     by name
    static Lineup of(Function<String, Optional<PolicyFactory>> installed, List<String> asked, Offer offer) {
        var measured = new ArrayList<String>();
        var notRun = new ArrayList<NotRun>();
        for (String name : asked) {
            installed
                    .apply(name)
                    .flatMap(factory -> factory.missing(offer))
                    .ifPresentOrElse(needs -> notRun.add(NotRun.needs(name, needs)), () -> measured.add(name));
        }
        return new Lineup(measured, notRun);
    }

    /// What a load and engines offer.
    static Offer offerOf(WorkloadSpec workload, List<EngineDescription> engines) {
        List<StreamTraits> traits = workload.occurring().stream().map(RequestKind::traits).toList();
        return new Offer(
                workload.types(),
                workload.models(),
                Math.toIntExact(traits.stream().flatMap(kind -> kind.tenant().stream()).distinct().count()),
                traits.stream().anyMatch(kind -> kind.prefixes().isPresent()),
                engines);
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
