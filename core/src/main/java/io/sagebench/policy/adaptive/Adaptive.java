package io.sagebench.policy.adaptive;

import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameter.Kind;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.queue.LatePolicy;
import io.sagebench.policy.queue.LatestStart;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Makes `adaptive`.
public final class Adaptive implements PolicyFactory {
    @Override
    public String name() {
        return "adaptive";
    }

    @Override
    public String rule() {
        return "from least slack towards short jobs as the load grows; packs when nearly idle";
    }

    @Override
    public String explanation() {
        return """
                Order   latest start + gamma x predicted service + band x band_ms, smallest
                        first; hopeless requests last (late_policy). gamma = 0 is least slack
                        first, 1 earliest deadline first, 2 leans towards short jobs.
                gamma   rises while saturation > 0.8 or attainment < 0.9, falls while saturation
                        < 0.6 and attainment > 0.97; by 0.2, at most every 2 s. Both are
                        averages that fade in 5 s. Saturation of an engine: max(running / limit,
                        reserved KV / 0.8), or max(waiting / 5, KV usage / 0.8) as it reports,
                        while that is not older than 200 ms; whichever is higher.
                Engine  while less than 0.3 of the pool is in use, requests with promises are
                        packed at least cost; else SLO headroom, the most room first.
                Switch  adaptive_mode = switch hands over between priority (CRITICAL or HIGH
                        wait), cost_optimized (saturation < 0.3, until > 0.4) and slo_aware,
                        each for 2 s at least; the queue moves along.
                Source  a key that moves with the load: Niyama (Goel et al., 2025); saturation:
                        the Kubernetes inference gateway.
                Cost    O(log n) a decision for n waiting, plus one look at each engine; a
                        change of gamma re-orders the queue, O(n log n).
                Needs   deadlines, and estimates, which it learns while it runs.
                Wins    when the load swings: safe when there is room, more short jobs in time
                        when there is not.
                Loses   to a policy made for the one load there is; long jobs under overload.""";
    }

    @Override
    public List<PolicyParameter> parameters() {
        return List.of(
                new PolicyParameter(
                        "adaptive_mode", "one order that moves, or switches between three policies", "blend",
                        new Kind.OneOf(List.of("blend", "switch"))),
                new PolicyParameter(
                        "first_gamma", "gamma to begin with", "0", new Kind.Numeric(0, GammaController.MOST)),
                new PolicyParameter(
                        "band_ms", "how much later a request comes for each band below CRITICAL, in ms", "100",
                        new Kind.Numeric(0, 1e12)),
                LatePolicy.PARAMETER,
                LatestStart.DEFAULT_DEADLINE,
                LatestStart.SAFETY_MARGIN);
    }

    @Override
    public Policy create(PolicyParameters values, PolicyContext context) {
        if (values.word("adaptive_mode").equals("switch")) {
            var delegates = new EnumMap<SwitchPolicy.Delegate, Policy>(SwitchPolicy.Delegate.class);
            for (SwitchPolicy.Delegate delegate : SwitchPolicy.Delegate.values()) {
                delegates.put(delegate, fresh(delegate.name().toLowerCase(Locale.ROOT), context));
            }
            return new SwitchPolicy(delegates);
        }
        return new BlendPolicy(
                LatestStart.of(values),
                LatePolicy.of(values),
                Math.round(values.number("band_ms") * 1e6),
                values.number("first_gamma"),
                context.chance());
    }

    private static Policy fresh(String name, PolicyContext context) {
        PolicyFactory factory = context.policies()
                .named(name)
                .orElseThrow(() -> new IllegalArgumentException("adaptive_mode = switch needs the policy " + name));
        return factory.create(PolicyParameters.of(factory, Map.of()), context);
    }
}
