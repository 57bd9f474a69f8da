package io.sagebench.policy.hybrid;

import io.sagebench.policy.Waiting;
import io.sagebench.policy.queue.LatestStart;
import io.sagebench.request.Priority;

/// Latest starts of prompts and of texts to embed as one comparable key. A request that promises nothing is due by its type and priority: the
/// defaults of the upstream benchmark, 500, 1000 and 2000 ms for an answer and 100, 200 and 500 ms for an embedding; CRITICAL counts as HIGH, and
/// BACKGROUND as four times LOW.
final class Deadlines {
    private static final LatestStart PROMISED = new LatestStart(0);

    private Deadlines() {}

    /// When it must start at the latest, in nanoseconds since the run began.
    static long latestStartNanos(Waiting request) {
        return LatestStart.hasDeadline(request)
                ? PROMISED.ofNanos(request)
                : request.arrivedAtNanos() + usualNanos(request) - request.predicted().serviceNanos();
    }

    /// After when it counts as late: only where something was promised, so that no other request starves.
    static long lateAfterNanos(Waiting request) {
        return LatestStart.hasDeadline(request) ? PROMISED.ofNanos(request) : Long.MAX_VALUE;
    }

    /// The deadline of a request that has none, in nanoseconds.
    static long usualNanos(Waiting request) {
        boolean generates = request.type().isGeneration();
        return 1_000_000L * (generates ? answerMillis(request.priority()) : embeddingMillis(request.priority()));
    }

    private static long answerMillis(Priority priority) {
        return switch (priority) {
            case CRITICAL, HIGH -> 500;
            case NORMAL -> 1_000;
            case LOW -> 2_000;
            case BACKGROUND -> 8_000;
        };
    }

    private static long embeddingMillis(Priority priority) {
        return switch (priority) {
            case CRITICAL, HIGH -> 100;
            case NORMAL -> 200;
            case LOW -> 500;
            case BACKGROUND -> 2_000;
        };
    }
}
