package io.sagebench.policy.hybrid;

import io.sagebench.policy.Offer;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameters;
import java.util.List;
import java.util.Optional;

/// Makes `hybrid`.
public final class Hybrid implements PolicyFactory {
    @Override
    public String name() {
        return "hybrid";
    }

    @Override
    public String rule() {
        return "texts to embed go in batches by one call, prompts by another policy; engines that serve both are shared";
    }

    @Override
    public String explanation() {
        return """
                Texts   collected by model and form. A batch goes when it has
                        embedding_batch_size texts or embedding_token_budget tokens, when a
                        member has waited max_embedding_wait_ms or must start now, or when an
                        engine is idle and min_embedding_batch_size texts are there. Inside,
                        by arrival, each band below CRITICAL counted as one longest wait later.
                Prompts as llm_fallback_policy has it.
                Engine  for texts: those that only embed first, then least predicted time. On
                        engines that serve both, surplus round robin in estimated GPU time with
                        weights hybrid_instance_ratio and the rest; unused share goes to the
                        other class. embedding_priority = adaptive shifts the weights to the
                        class that has waited for more of its deadline; high and low let one
                        class always go first.
                Source  dynamic batching with a longest delay as in Triton and
                        text-embeddings-inference; deficit round robin: Shreedhar and Varghese,
                        SIGCOMM 1995.
                Cost    O(log n) a request, plus one look at each flow and engine a decision.
                Needs   texts to embed in the load.
                Wins    with many small embedding requests: fewer calls, fuller batches.
                Loses   a lone text may wait max_embedding_wait_ms when no engine is idle; with
                        prompts only it is the policy it delegates to.""";
    }

    @Override
    public List<PolicyParameter> parameters() {
        return HybridParameters.all();
    }

    @Override
    public boolean tellsTypesApart() {
        return true;
    }

    @Override
    public Optional<String> missing(Offer offer) {
        return HybridParameters.missing(offer);
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        return new HybridParameters(values).hybrid(context);
    }
}
