package io.sagebench.controlplane;

import io.sagebench.request.Priority;
import java.util.OptionalDouble;

/// How full the engines are: 1 is as full as they should get.
///
/// Of one engine it is `max(queue / 5, kv / 0.8)`, after the utilisation detector of the Kubernetes inference gateway's endpoint picker; of the pool,
/// the mean of those in service. `queue` counts the requests on the engine without a first token, or those in its own queue as it
/// reported if these are more, and an equal share of the requests that wait in the control plane; `kv` is the share of its cache that is reserved, or
/// in use as reported if that is more. A report that is not fresh does not count, so what the control plane counts itself remains. For an
/// engine that only embeds, and tells nothing of progress, texts on it count as a share of the most it takes.
final class Saturation {
    private static final double MOST_QUEUED = 5;
    private static final double MOST_CACHE = 0.8;
    /// How much fuller than the limit the engines may be before requests of a priority are refused; urgent ones never are.
    private static final double LOW_FACTOR = 1.25;

    private static final double NORMAL_FACTOR = 2;

    private final Pool pool;
    private final WaitingRoom room;

    Saturation(Pool pool, WaitingRoom room) {
        this.pool = pool;
        this.room = room;
    }

    /// That of the pool; absent when no engine is in service, so that nothing is known.
    OptionalDouble ofPool() {
        double sum = 0;
        int engines = 0;
        for (EngineSlot slot : pool.inService()) {
            sum += of(slot);
            engines++;
        }
        return engines == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / engines);
    }

    /// Whether requests of this priority are refused when the limit is `most`: BACKGROUND from the limit on, LOW a quarter above it, NORMAL at
    /// twice the limit, the others never. Nobody is refused for want of knowledge.
    boolean refuses(Priority priority, double most) {
        double factor =
                switch (priority) {
                    case BACKGROUND -> 1;
                    case LOW -> LOW_FACTOR;
                    case NORMAL -> NORMAL_FACTOR;
                    case HIGH, CRITICAL -> Double.POSITIVE_INFINITY;
                };
        return factor < Double.POSITIVE_INFINITY && ofPool().orElse(0) >= factor * most;
    }

    private double of(EngineSlot slot) {
        double queued = (double) room.size() / pool.inService().size();
        double waiting = slot.awaitingFirstToken();
        double kv = (double) slot.kvTokensReserved() / slot.description().kvTokens().orElse(Long.MAX_VALUE);
        var report = slot.reportedLoad().filter(load -> load.isFresh(pool.nowNanos()));
        if (report.isPresent()) {
            waiting = Math.max(waiting, (double) report.get().waiting().orElse(0));
            kv = Math.max(kv, report.get().kvUsage().orElse(0));
        } else if (slot.description().models().onlyEmbeds()) {
            waiting = MOST_QUEUED * slot.placesTaken() / slot.description().maxConcurrent();
        }
        return Math.max((waiting + queued) / MOST_QUEUED, kv / MOST_CACHE);
    }
}
