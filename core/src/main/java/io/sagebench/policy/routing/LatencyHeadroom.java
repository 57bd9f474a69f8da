package io.sagebench.policy.routing;

import io.sagebench.policy.Waiting;
import io.sagebench.request.ServiceLevel;
import java.util.random.RandomGenerator;

/// How well an engine is expected to keep what the request is promised: in the upper half by what is left of the tightest promise where all are
/// kept, in the lower half by how soon the first token comes where one is broken. With nothing promised, by how soon the first token comes.
///
/// Differences below what predictions are usually off by do not count: rooms within a twentieth of the promise, first tokens within a tenth.
public final class LatencyHeadroom implements Scorer {
    private static final int ROOM_STEPS = 20;
    private static final double ALIKE = 1.1;

    private double[] ttftNanos = new double[16];

    /// Where estimates are learnt, for want of a model: keeps just one engine, drawn by lot, now and then, so that estimates of engines that look
    /// slow are corrected.
    ///
    /// @param share how often, from 0 to 1
    public static Filter exploration(double share, RandomGenerator chance) {
        return (route, keep) -> {
            boolean learns = false;
            for (int i = 0; i < route.count(); i++) {
                learns |= route.engine(i).description().traits().model().isEmpty();
            }
            if (learns && chance.nextDouble() < share) {
                keep[chance.nextInt(route.count())] = true;
            }
        };
    }

    @Override
    public void score(Route route, double[] scores) {
        if (ttftNanos.length < route.count()) {
            ttftNanos = new double[scores.length];
        }
        double soonestNanos = Double.MAX_VALUE;
        for (int i = 0; i < route.count(); i++) {
            ttftNanos[i] = Math.max(1, route.ttftNanos(i));
            soonestNanos = Math.min(soonestNanos, ttftNanos[i]);
        }
        boolean promised = !route.request().serviceLevel().equals(ServiceLevel.NONE);
        for (int i = 0; i < route.count(); i++) {
            double soon = Math.min(1, ALIKE * soonestNanos / ttftNanos[i]);
            double room = promised ? room(route, i) : -1;
            if (room >= 0) {
                scores[i] = 0.5 + Math.ceil(room * ROOM_STEPS) / ROOM_STEPS / 2;
            } else {
                scores[i] = promised ? 0.499 * soon : soon;
            }
        }
    }

    /// What is left of the tightest promise, as a share of it; negative when one would be broken.
    private double room(Route route, int candidate) {
        Waiting request = route.request();
        ServiceLevel promised = request.serviceLevel();
        double firstNanos = route.pool().nowNanos() - request.arrivedAtNanos() + ttftNanos[candidate];
        double tpotNanos = route.tpotNanos(candidate);
        double room = 1;
        if (promised.timeToFirstToken().isPresent()) {
            room = Math.min(room, 1 - firstNanos / promised.timeToFirstToken().get().toNanos());
        }
        if (promised.timePerOutputToken().isPresent()) {
            room = Math.min(room, 1 - tpotNanos / promised.timePerOutputToken().get().toNanos());
        }
        if (promised.endToEnd().isPresent()) {
            double endNanos = firstNanos + request.predicted().decodeSteps() * tpotNanos;
            room = Math.min(room, 1 - endNanos / promised.endToEnd().get().toNanos());
        }
        return room;
    }
}
