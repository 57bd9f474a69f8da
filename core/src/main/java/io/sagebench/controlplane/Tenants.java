package io.sagebench.controlplane;

import io.sagebench.controlplane.Refusal.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Holds each tenant to its limits.
final class Tenants {
    /// Whose requests name no tenant.
    static final String NOBODY = "";
    /// Tenants whose rate is remembered: of more, those that were away longest begin anew with a full bucket.
    private static final int MOST_BUCKETS = 10_000;

    private final AdmissionSettings settings;
    private final Map<String, Integer> inFlight = new HashMap<>();
    private final Map<String, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > MOST_BUCKETS;
        }
    };

    Tenants(AdmissionSettings settings) {
        this.settings = settings;
    }

    static String nameOf(Submission submission) {
        return submission.caller().tenant().orElse(NOBODY);
    }

    /// Why one more request of this tenant is not taken in now; nothing when it may be.
    Optional<Refusal> refusalOf(Submission submission, long nowNanos) {
        String tenant = nameOf(submission);
        TenantLimits limits = settings.of(tenant);
        int running = inFlight.getOrDefault(tenant, 0);
        if (running >= limits.maxInFlight().orElse(Integer.MAX_VALUE)) {
            return Optional.of(new Refusal(
                    Reason.TENANT_CONCURRENCY,
                    speak(tenant) + " has " + running + " requests in flight, as many as it may",
                    Optional.of(Duration.ofSeconds(1))));
        }
        if (limits.requestsPerSecond().isEmpty()) {
            return Optional.empty();
        }
        long waitNanos = bucketOf(tenant, limits, nowNanos).waitNanos(nowNanos);
        return waitNanos == 0
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Reason.TENANT_RATE,
                        speak(tenant) + " may send " + limits.requestsPerSecond().getAsDouble() + " requests per second",
                        Optional.of(wholeSeconds(waitNanos))));
    }

    /// A request was taken in.
    void admitted(Submission submission, long nowNanos) {
        String tenant = nameOf(submission);
        inFlight.merge(tenant, 1, Integer::sum);
        TenantLimits limits = settings.of(tenant);
        if (limits.requestsPerSecond().isPresent()) {
            bucketOf(tenant, limits, nowNanos).take(nowNanos);
        }
    }

    /// A request that was taken in has ended.
    void ended(Submission submission) {
        inFlight.computeIfPresent(nameOf(submission), (_, count) -> count == 1 ? null : count - 1);
    }

    private TokenBucket bucketOf(String tenant, TenantLimits limits, long nowNanos) {
        return buckets.computeIfAbsent(
                tenant,
                _ -> new TokenBucket(limits.requestsPerSecond().orElse(Double.MAX_VALUE), limits.burst(), nowNanos));
    }

    private static String speak(String tenant) {
        return tenant.equals(NOBODY) ? "the tenant without a name" : "the tenant '" + tenant + "'";
    }

    private static Duration wholeSeconds(long nanos) {
        return Duration.ofSeconds(Math.ceilDiv(nanos, 1_000_000_000L));
    }
}
