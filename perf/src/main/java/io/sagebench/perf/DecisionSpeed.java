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
    private static final String PROMPT_TOKENS = "promptTokens=";

    private DecisionSpeed() {}

    /// @param arguments policies as in [PolicyDecision#policy], all when there is none; `promptTokens=N` sets [PolicyDecision#promptTokens]
    public static void main(String[] arguments) throws RunnerException {
        List<String> all = new ArrayList<>();
        String promptTokens = "500";
        for (String argument : arguments) {
            if (argument.startsWith(PROMPT_TOKENS)) {
                promptTokens = argument.substring(PROMPT_TOKENS.length());
            } else {
                all.add(argument);
            }
        }
        if (all.isEmpty()) {
            Policies.installed().all().stream().map(PolicyFactory::name).forEach(all::add);
            Placements.words().forEach(word -> all.add("fifo placement=" + word));
        }
        new Runner(new OptionsBuilder()
                        .include(PolicyDecision.class.getSimpleName())
                        .param("policy", all.toArray(String[]::new))
                        .param("promptTokens", promptTokens)
                        .build())
                .run();
    }
}
