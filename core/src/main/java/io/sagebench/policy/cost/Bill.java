package io.sagebench.policy.cost;

import io.sagebench.engine.EngineId;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the dispatched requests cost as predicted, in all and by tenant, and how long engines stood idle.
final class Bill {
    /// Beyond this many tenants, the others are not told apart.
    private static final int MOST_TENANTS = 50;

    private final Map<String, Double> usdByTenant = new LinkedHashMap<>();
    private final Map<EngineId, Integer> running = new HashMap<>();
    private double usd;
    private double tokens;
    private long requests;
    private long overBudget;
    private long rejected;
    private int engines;
    private double idleNanos;
    private long lookedAtNanos = -1;

    /// A decision is made.
    void look(PoolView pool) {
        passTime(pool.nowNanos());
        engines = pool.engines().size();
    }

    void dispatched(Waiting request, EngineId engine, double costUsd, double budgetUsd) {
        requests++;
        usd += costUsd;
        tokens += (double) request.promptTokens() + request.predicted().outputTokens();
        if (costUsd > budgetUsd) {
            overBudget++;
        }
        String tenant = request.tenant().orElse("none");
        boolean isNamed = usdByTenant.containsKey(tenant) || usdByTenant.size() < MOST_TENANTS;
        usdByTenant.merge(isNamed ? tenant : "others", costUsd, Double::sum);
        running.merge(engine, 1, Integer::sum);
    }

    void ended(EngineId engine, long nowNanos) {
        passTime(nowNanos);
        running.computeIfPresent(engine, (_, count) -> count == 1 ? null : count - 1);
    }

    void rejected() {
        rejected++;
    }

    Map<String, Double> figures() {
        var figures = new LinkedHashMap<String, Double>();
        figures.put("usd_estimated", usd);
        figures.put("usd_per_request", requests == 0 ? 0 : usd / requests);
        figures.put("usd_per_1k_tokens", tokens == 0 ? 0 : 1_000 * usd / tokens);
        figures.put("over_budget_requests", (double) overBudget);
        figures.put("rejected_requests", (double) rejected);
        figures.put("idle_engine_seconds", idleNanos / 1e9);
        usdByTenant.forEach((tenant, ofTenant) -> figures.put("usd_of_tenant." + tenant, ofTenant));
        return figures;
    }

    private void passTime(long nowNanos) {
        if (lookedAtNanos >= 0) {
            idleNanos += (double) (nowNanos - lookedAtNanos) * Math.max(0, engines - running.size());
        }
        lookedAtNanos = nowNanos;
    }
}
