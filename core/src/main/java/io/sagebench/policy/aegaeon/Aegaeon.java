package io.sagebench.policy.aegaeon;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineTraits;
import io.sagebench.policy.Offer;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameter.Kind;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.request.RequestType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes `aegaeon`.
public final class Aegaeon implements PolicyFactory {
    @Override
    public String name() {
        return "aegaeon";
    }

    @Override
    public String rule() {
        return "models share GPUs: grouped prefill, decode by weighted round robin, switching between tokens";
    }

    @Override
    public String explanation() {
        return """
                Prefill groups of one model, at most max_group_size; a newcomer joins the first
                        open group of its model, else opens one on the engine that drains
                        soonest, switches included. Groups and members first come, first served.
                Decode  rounds over the models of a card: batch k runs for
                        q_k = c / (n_k (alpha - S)), n_k = TBT / step time, S = sum(1 / n_k),
                        c = the switches of a round, alpha = max(c / (min n x qmax) + S,
                        alpha_min). Then its KV caches leave, and the next model, fetched
                        meanwhile, has its turn. A batch that is alone has no limit.
                Both    on one card: prompts of the loaded model go first; the others when
                        their model's turn comes, or before it when their first tokens
                        would be late.
                Source  Xiang et al., SOSP 2025, and its artifact.
                Cost    O(log n + models) a decision for n waiting, plus one look at each
                        engine; O(models) at a turn, an arrival or an end on a card.
                Needs   several models, and engines that change models between tokens. In
                        front of others it sends one model at a time to engines that serve
                        several, and says so.
                Wins    many models, each with little traffic, on few GPUs.
                Loses   one busy model a GPU: there is nothing to switch.""";
    }

    @Override
    public List<PolicyParameter> parameters() {
        return List.of(
                new PolicyParameter("max_group_size", "the most requests that join one prefill group", "8", new Kind.Numeric(1, 1e6)),
                new PolicyParameter("qmax_s", "the longest quota of a decode batch, in s", "4", new Kind.Numeric(1e-3, 1e6)),
                new PolicyParameter("alpha_min", "least alpha: 0.5 lets streams gain twice what they play", "0.5", new Kind.Numeric(1e-3, 1e3)),
                new PolicyParameter(
                        "switch_s", "a switch of models in s on engines that do not let it be measured", "1", new Kind.Numeric(1e-3, 1e6)),
                new PolicyParameter("ttft_slo_ms", "when first tokens are due, in ms", "10000", new Kind.Numeric(1, 1e12)),
                new PolicyParameter("tbt_slo_ms", "when each further token is due, in ms", "100", new Kind.Numeric(1e-3, 1e12)));
    }

    @Override
    public Optional<String> missing(Offer offer) {
        boolean canSwitch = offer.engines().stream()
                .map(engine -> engine.traits())
                .anyMatch(EngineTraits::switchesModels);
        return generated(offer).count() < 2 && !canSwitch ? Optional.of("more than one model") : Optional.empty();
    }

    /// The models that texts are generated with. Those that only embedding servers have are never switched.
    private static Stream<String> generated(Offer offer) {
        if (offer.types().stream().noneMatch(RequestType::isGeneration)) {
            return Stream.empty();
        }
        return offer.models().stream()
                .filter(model -> offer.engines().stream().map(EngineDescription::models).noneMatch(served -> served.serves(model))
                        || offer.engines().stream()
                                .map(EngineDescription::models)
                                .anyMatch(served -> served.serves(model) && !served.onlyEmbeds()));
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        return new AegaeonPolicy(new AegaeonSettings(
                (int) values.number("max_group_size"),
                values.number("qmax_s"),
                values.number("alpha_min"),
                values.number("switch_s"),
                Math.round(values.number("ttft_slo_ms") * 1e6),
                Math.max(1, Math.round(values.number("tbt_slo_ms") * 1e6))));
    }
}
