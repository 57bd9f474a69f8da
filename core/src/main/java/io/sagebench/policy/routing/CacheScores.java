package io.sagebench.policy.routing;

import io.sagebench.engine.EngineId;
import java.util.LinkedHashMap;
import java.util.Map;

/// Scorers by what engines have cached. Their pipeline needs a [PrefixIndex].
public final class CacheScores {
    private CacheScores() {}

    /// The share of the prompt's blocks that an engine has.
    public static Scorer prefix() {
        return (route, scores) -> {
            for (int i = 0; i < route.count(); i++) {
                scores[i] = route.cachedShare(i);
            }
        };
    }

    /// For a request of which no engine has anything: the engine that got such a request longest ago is best, so that caches grow evenly. For
    /// others all engines score 0.5.
    public static Scorer leastRecentlyCold() {
        return new LeastRecentlyCold();
    }

    private static final class LeastRecentlyCold implements Scorer {
        /// When each engine last got a cold request, counted in cold requests.
        private final Map<EngineId, Long> last = new LinkedHashMap<>();

        private long colds;
        private boolean isCold;

        @Override
        public void score(Route route, double[] scores) {
            isCold = true;
            for (int i = 0; i < route.count(); i++) {
                isCold &= route.cachedShare(i) == 0;
            }
            for (int i = 0; i < route.count(); i++) {
                scores[i] = isCold ? last.getOrDefault(route.engine(i).description().id(), 0L) : 0.5;
            }
            if (isCold) {
                LoadScores.fewestIsBest(scores, route.count());
            }
        }

        @Override
        public void chosen(Route route, int chosen) {
            if (isCold) {
                last.put(route.engine(chosen).description().id(), ++colds);
                if (last.size() > route.pool().engines().size()) {
                    last.keySet().removeIf(engine -> !route.pool().knows(engine));
                }
            }
        }
    }
}
