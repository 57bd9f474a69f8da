package io.sagebench.policy.hybrid;

import static io.sagebench.policy.WaitingBuilder.aRequest;

import io.sagebench.policy.Decision;
import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.PolicyTrial;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.WaitingBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Policies and requests for the tests of this package.
final class Hybrids {
    private Hybrids() {}

    /// The policy of that factory with prompts served by `fifo`, and those parameters as name, value, name, value.
    static Policy policy(PolicyFactory factory, RandomGenerator chance, String... given) {
        var values = new LinkedHashMap<String, String>();
        values.put("llm_fallback_policy", "fifo");
        for (int i = 0; i < given.length; i += 2) {
            values.put(given[i], given[i + 1]);
        }
        return factory.create(PolicyParameters.of(factory, Map.copyOf(values)), new PolicyContext(chance, Policies.installed()));
    }

    static Policy hybrid(String... given) {
        return policy(new Hybrid(), new SplittableRandom(1), given);
    }

    static Policy hybridSlo(String... given) {
        return policy(new HybridSlo(), new SplittableRandom(1), given);
    }

    /// One text of 10 tokens that takes 20 ms.
    static WaitingBuilder aText(long sequence) {
        return aRequest(sequence).embedding(10).serviceMillis(20, 0);
    }

    /// A prompt of one token's answer that takes 100 ms.
    static WaitingBuilder aPrompt(long sequence) {
        return aRequest(sequence).tokens(10, 1).serviceMillis(100, 0);
    }

    /// What was sent so far: the sequence numbers of each call.
    static List<List<Long>> calls(PolicyTrial trial) {
        return trial.decided().stream()
                .map(decision -> switch (decision) {
                    case Decision.Dispatch dispatch -> List.of(dispatch.request().sequence());
                    case Decision.DispatchTogether together ->
                        together.requests().stream().map(Waiting::sequence).toList();
                    default -> throw new AssertionError(decision);
                })
                .toList();
    }

    /// Where each call went.
    static List<String> places(PolicyTrial trial) {
        return trial.decided().stream()
                .map(decision -> switch (decision) {
                    case Decision.Dispatch dispatch -> dispatch.engine().value();
                    case Decision.DispatchTogether together -> together.engine().value();
                    default -> throw new AssertionError(decision);
                })
                .toList();
    }
}
