package io.sagebench.policy.arrival;

import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyContract;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.routing.Placements;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every policy holds for the simplest one with every placement. Left out is `random`, which spreads a handful of requests as lots fall.
@ParameterizedClass
@MethodSource("words")
class FifoWithEachPlacementTest implements PolicyContract {
    @Parameter
    String placement = "";

    static List<String> words() {
        return Placements.words().stream().filter(word -> !word.equals("random")).toList();
    }

    @Override
    public Policy create(RandomGenerator chance) {
        var factory = new Fifo();
        return factory.create(PolicyParameters.of(factory, Map.of("placement", placement)), new PolicyContext(chance, Policies.installed()));
    }
}
