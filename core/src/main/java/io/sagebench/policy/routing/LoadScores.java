package io.sagebench.policy.routing;

import io.sagebench.request.Check;
import java.util.Arrays;

/// Scorers by load.
public final class LoadScores {
    /// Tokens in flight at which an engine counts as full: 128 requests of 32K tokens, the value of the endpoint picker of the Kubernetes
    /// inference gateway.
    public static final long FULL_TOKENS = 4_194_304;

    private LoadScores() {}

    /// `(max - q) / (max - min)` over the requests that wait in each engine; 1 for all when they are equal.
    public static Scorer queue() {
        return (route, scores) -> {
            for (int i = 0; i < route.count(); i++) {
                scores[i] = route.queue(i);
            }
            fewestIsBest(scores, route.count());
        };
    }

    /// The same form over the requests in each engine, those that wait there included.
    public static Scorer running() {
        return (route, scores) -> {
            for (int i = 0; i < route.count(); i++) {
                scores[i] = route.running(i);
            }
            fewestIsBest(scores, route.count());
        };
    }

    /// The share of the KV cache that is free.
    public static Scorer freeCache() {
        return (route, scores) -> {
            for (int i = 0; i < route.count(); i++) {
                scores[i] = 1 - route.kvUsage(i);
            }
        };
    }

    /// `1 - min(1, tokens in flight / fullTokens)`.
    ///
    /// @param fullTokens at which an engine is full, at least 1
    public static Scorer tokens(long fullTokens) {
        Check.atLeast(1, fullTokens, "fullTokens");
        return (route, scores) -> {
            for (int i = 0; i < route.count(); i++) {
                scores[i] = 1 - Math.min(1, (double) route.tokensInFlight(i) / fullTokens);
            }
        };
    }

    /// Turns counts into `(max - count) / (max - min)`; into 1 when they are equal.
    static void fewestIsBest(double[] counts, int size) {
        double least = Double.MAX_VALUE;
        double most = -Double.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            least = Math.min(least, counts[i]);
            most = Math.max(most, counts[i]);
        }
        if (least == most) {
            Arrays.fill(counts, 0, size, 1);
            return;
        }
        for (int i = 0; i < size; i++) {
            counts[i] = (most - counts[i]) / (most - least);
        }
    }
}
