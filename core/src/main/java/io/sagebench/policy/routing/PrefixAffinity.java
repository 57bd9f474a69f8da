package io.sagebench.policy.routing;

import io.sagebench.request.Check;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Keeps the engines that have most of the prompt cached, unless the first token would come much later there than elsewhere. Now and then it keeps
/// all, so that caches of others grow too. After the prefix affinity filter of the Kubernetes inference gateway's endpoint picker.
public final class PrefixAffinity implements Filter {
    private final double threshold;
    private final double penaltyNanos;
    private final double exploration;
    private final RandomGenerator chance;

    /// @param threshold    share of the prompt's blocks from which an engine counts as having it, from 0 to 1
    /// @param penaltyNanos how much later than on the best other engine the first token may come on the best of these; 0 for any
    /// @param exploration  how often to keep all, from 0 to 1
    /// @param chance       made from the run's seed
    public PrefixAffinity(double threshold, double penaltyNanos, double exploration, RandomGenerator chance) {
        Check.notNegative(threshold, "threshold");
        Check.notNegative(penaltyNanos, "penaltyNanos");
        Check.notNegative(exploration, "exploration");
        this.threshold = threshold;
        this.penaltyNanos = penaltyNanos;
        this.exploration = exploration;
        this.chance = chance;
    }

    @Override
    public void mark(Route route, boolean[] keep) {
        double soonestHere = Double.MAX_VALUE;
        double soonestElsewhere = Double.MAX_VALUE;
        int having = 0;
        for (int i = 0; i < route.count(); i++) {
            double share = route.cachedShare(i);
            if (share > 0 && share >= threshold) {
                keep[i] = true;
                having++;
            }
        }
        if (having == 0 || having == route.count()) {
            return;
        }
        boolean explores = chance.nextDouble() < exploration;
        for (int i = 0; penaltyNanos > 0 && !explores && i < route.count(); i++) {
            if (keep[i]) {
                soonestHere = Math.min(soonestHere, route.ttftNanos(i));
            } else {
                soonestElsewhere = Math.min(soonestElsewhere, route.ttftNanos(i));
            }
        }
        if (explores || soonestHere - soonestElsewhere > penaltyNanos) {
            Arrays.fill(keep, 0, route.count(), true);
        }
    }
}
