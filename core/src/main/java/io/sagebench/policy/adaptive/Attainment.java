package io.sagebench.policy.adaptive;

import io.sagebench.policy.Policy.Ending;
import io.sagebench.policy.Waiting;
import io.sagebench.request.ServiceLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The share of the requests that ended lately which kept their promises; what was 5 s ago weighs a third. Requests without promises do not
/// count, nor do those whose client left before any promise was broken.
final class Attainment {
    /// With less than this weight of evidence nothing is said.
    private static final double LEAST_EVIDENCE = 0.5;

    private final Map<Long, Long> firstTokenAtNanos = new HashMap<>();
    /// Withdrawn while they waited, at a time not told; judged at the next one that is.
    private final List<Waiting> unjudged = new ArrayList<>();
    private double met;
    private double all;
    private long judgedAtNanos;

    void withdrawn(Waiting request) {
        if (promises(request)) {
            unjudged.add(request);
        }
    }

    void tokens(Waiting request, long nowNanos) {
        if (promises(request)) {
            firstTokenAtNanos.putIfAbsent(request.sequence(), nowNanos);
        }
    }

    void ended(Waiting request, int outputTokens, Ending ending, long nowNanos) {
        if (!promises(request)) {
            return;
        }
        Long firstNanos = firstTokenAtNanos.remove(request.sequence());
        switch (ending) {
            case COMPLETED -> {
                var ttftNanos = firstNanos == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(firstNanos - request.arrivedAtNanos());
                var tpotNanos = firstNanos == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(outputTokens < 2 ? 0 : (double) (nowNanos - firstNanos) / (outputTokens - 1));
                var endToEndNanos = OptionalLong.of(nowNanos - request.arrivedAtNanos());
                count(request.serviceLevel().isMetBy(endToEndNanos, ttftNanos, tpotNanos), nowNanos);
            }
            case FAILED -> count(false, nowNanos);
            case WITHDRAWN -> {
                if (isOverdue(request, firstNanos != null, nowNanos)) {
                    count(false, nowNanos);
                }
            }
        }
    }

    /// It was rejected.
    void rejected(Waiting request, long nowNanos) {
        if (promises(request)) {
            count(false, nowNanos);
        }
    }

    /// It is `nowNanos`: judges what was withdrawn before.
    void look(long nowNanos) {
        for (Waiting request : unjudged) {
            if (isOverdue(request, false, nowNanos)) {
                count(false, nowNanos);
            }
        }
        unjudged.clear();
    }

    /// From 0 to 1; absent while too little is known.
    OptionalDouble share() {
        return all < LEAST_EVIDENCE ? OptionalDouble.empty() : OptionalDouble.of(met / all);
    }

    private void count(boolean kept, long nowNanos) {
        double kept01 = kept ? 1 : 0;
        double fading = Math.exp(-(nowNanos - judgedAtNanos) / Average.FADES_IN_NANOS);
        met = met * fading + kept01;
        all = all * fading + 1;
        judgedAtNanos = nowNanos;
    }

    private static boolean promises(Waiting request) {
        return !request.serviceLevel().equals(ServiceLevel.NONE);
    }

    private static boolean isOverdue(Waiting request, boolean began, long nowNanos) {
        ServiceLevel promised = request.serviceLevel();
        long waitedNanos = nowNanos - request.arrivedAtNanos();
        return promised.endToEnd().filter(limit -> waitedNanos >= limit.toNanos()).isPresent()
                || (!began
                        && promised.timeToFirstToken()
                                .filter(limit -> waitedNanos >= limit.toNanos())
                                .isPresent());
    }
}
