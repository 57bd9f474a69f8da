package io.sagebench.perf;

import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.routing.Placements;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs [PolicyDecision] for every installed policy, and for `fifo` with every placement; or for those given.
public final class DecisionSpeed {
    private DecisionSpeed() {}

    /// @param policies as [PolicyDecision#policy]; all when there is none
    public static void main(String[] policies) throws RunnerException {
        List<String> all = new ArrayList<>(List.of(policies));
        if (all.isEmpty()) {
            Policies.installed().all().stream().map(PolicyFactory::name).forEach(all::add);
            Placements.words().forEach(word -> all.add("fifo placement=" + word));
        }
        new Runner(new OptionsBuilder()
                        .include(PolicyDecision.class.getSimpleName())
                        .param("policy", all.toArray(String[]::new))
                        .build())
                .run();
    }
}
