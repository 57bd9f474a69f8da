package io.sagebench.controlplane;

import io.sagebench.policy.Waiting;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How much waits, and whether more may. The order of what waits is the policy's affair.
final class QueueLedger {
    private final QueueLimits limits;
    private final Map<String, Integer> byTenant = new HashMap<>();
    private int requests;
    private long promptTokens;

    QueueLedger(QueueLimits limits) {
        this.limits = limits;
    }

    void add(Waiting request) {
        requests++;
        promptTokens += request.promptTokens();
        request.tenant().ifPresent(tenant -> byTenant.merge(tenant, 1, Integer::sum));
    }

    void remove(Waiting request) {
        requests--;
        promptTokens -= request.promptTokens();
        request.tenant().ifPresent(tenant -> byTenant.computeIfPresent(
                tenant, (_, count) -> count == 1 ? null : count - 1));
    }

    int size() {
        return requests;
    }

    /// Whether the queue would be beyond its limits with `arrival` in it, and without the one that leaves.
    boolean exceedsLimits(Waiting arrival, Optional<Waiting> leaving) {
        int fewer = leaving.isPresent() ? 1 : 0;
        int fewerOfTenant = leaving.flatMap(Waiting::tenant).equals(arrival.tenant()) ? fewer : 0;
        int ofTenant = arrival.tenant().map(tenant -> byTenant.getOrDefault(tenant, 0)).orElse(0);
        return requests - fewer >= limits.maxRequests()
                || (arrival.tenant().isPresent() && ofTenant - fewerOfTenant >= limits.maxRequestsPerTenant())
                || promptTokens - leaving.map(Waiting::promptTokens).orElse(0) + arrival.promptTokens()
                        > limits.maxPromptTokens();
    }
}
