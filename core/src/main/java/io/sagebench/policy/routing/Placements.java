package io.sagebench.policy.routing;

import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.placement.ByLot;
import io.sagebench.policy.placement.LeastWork;
import io.sagebench.policy.placement.Placement;
import io.sagebench.policy.placement.PowerOfTwo;
import io.sagebench.policy.placement.RoundRobin;
import io.sagebench.policy.routing.RoutingPipeline.Weighted;
import java.util.List;

/// The ready-made ways to choose an engine, by name: the values of every policy parameter that says how engines are chosen.
public final class Placements {
    private static final String LEAST_WORK = "least_work";

    /// At twice the weight of affinity: a session leaves its engine when that has half as many tokens more in flight than another.
    private static final long NOTICEABLE_TOKENS = 65_536;

    /// How often to draw by lot, so that learnt estimates of engines that look slow are corrected.
    private static final double EXPLORATION = 0.01;

    private static final List<String> WORDS = List.of(
            LEAST_WORK,
            "p2c",
            "round_robin",
            "random",
            "load_balanced",
            "affinity",
            "locality",
            "cache",
            "topology_aware",
            "predicted_latency");

    /// The parameter that chooses one, `least_work` by default.
    public static final PolicyParameter PARAMETER = new PolicyParameter(
            "placement", "how the engine is chosen", LEAST_WORK, new PolicyParameter.Kind.OneOf(WORDS));

    private Placements() {}

    /// All names.
    public static List<String> words() {
        return WORDS;
    }

    /// The placement that [#PARAMETER] asks for.
    public static Placement of(PolicyParameters values, PolicyContext context) {
        return named(values.word(PARAMETER.name()), context);
    }

    /// A fresh placement of that name.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Placement named(String word, PolicyContext context) {
        var chance = context.chance();
        Picker max = Picker.max(chance);
        return switch (word) {
            case LEAST_WORK -> new LeastWork();
            case "p2c" -> new PowerOfTwo(chance);
            case "round_robin" -> new RoundRobin();
            case "random" -> new ByLot(chance);
            case "load_balanced" -> new RoutingPipeline(
                    null, List.of(), List.of(new Weighted(1, LoadScores.tokens(LoadScores.FULL_TOKENS))), max);
            case "affinity" -> new RoutingPipeline(
                    null,
                    List.of(Affinity.boundedLoad(Affinity.LOAD_BOUND)),
                    List.of(
                            new Weighted(2, Affinity.session()),
                            new Weighted(1, Affinity.rendezvous()),
                            new Weighted(0.5, LoadScores.tokens(LoadScores.FULL_TOKENS))),
                    max);
            case "locality", "cache" -> weighted(2, 2, 3, max);
            case "topology_aware" -> new RoutingPipeline(
                    null,
                    List.of(),
                    List.of(
                            new Weighted(2, LoadScores.tokens(NOTICEABLE_TOKENS)), new Weighted(1, Affinity.rendezvous())),
                    max);
            case "predicted_latency" -> new RoutingPipeline(
                    new PrefixIndex(PrefixIndex.BLOCK_TOKENS),
                    List.of(LatencyHeadroom.exploration(EXPLORATION, chance)),
                    List.of(
                            new Weighted(1, new LatencyHeadroom()),
                            new Weighted(0.01, LoadScores.tokens(LoadScores.FULL_TOKENS))),
                    max);
            default -> throw new IllegalArgumentException(
                    "no placement is named '" + word + "'; there are " + String.join(", ", WORDS));
        };
    }

    /// Short queues, free cache and cached prefixes, weighted.
    public static Placement weighted(double queueWeight, double cacheWeight, double prefixWeight, Picker picker) {
        return new RoutingPipeline(
                new PrefixIndex(PrefixIndex.BLOCK_TOKENS),
                List.of(),
                List.of(
                        new Weighted(queueWeight, LoadScores.queue()),
                        new Weighted(cacheWeight, LoadScores.freeCache()),
                        new Weighted(prefixWeight, CacheScores.prefix())),
                picker);
    }
}
