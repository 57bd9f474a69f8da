package io.sagebench.controlplane;

import io.sagebench.request.Check;

/// How much may wait in a control plane.
///
/// @param maxRequests          the most requests that wait
/// @param maxRequestsPerTenant the most that wait for one tenant
/// @param maxPromptTokens      the most prompt tokens that wait, in all
/// @param dropExpired          whether a request whose end-to-end deadline passes while it waits is refused; otherwise it still runs
public record QueueLimits(int maxRequests, int maxRequestsPerTenant, long maxPromptTokens, boolean dropExpired) {
    /// 10,000 requests in all and for each tenant, 40 million prompt tokens, expired requests refused.
    public static final QueueLimits DEFAULT = new QueueLimits(10_000, 10_000, 40_000_000, true);

    public QueueLimits {
        Check.atLeast(0, maxRequests, "maxRequests");
        Check.atLeast(0, maxRequestsPerTenant, "maxRequestsPerTenant");
        Check.notNegative(maxPromptTokens, "maxPromptTokens");
    }
}
