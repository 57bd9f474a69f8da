package io.sagebench.policy.queue;

import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameter.Kind;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.Waiting;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;

/// When a request must start at the latest to keep its promise: `arrival + deadline - (1 + margin) * predicted service`. Least slack first is smallest latest
/// start first, and the key does not change while time passes.
public final class LatestStart {
    /// The parameter for the deadline of requests without one.
    public static final PolicyParameter DEFAULT_DEADLINE = new PolicyParameter(
            "default_deadline_ms", "deadline of a request that has none, in ms", "30000", new Kind.Numeric(1, 1e12));

    /// The parameter for the safety margin.
    public static final PolicyParameter SAFETY_MARGIN = new PolicyParameter(
            "safety_margin", "how much longer than predicted service may take, as a share", "0.2", new Kind.Numeric(0, 10));

    private final long defaultDeadlineNanos;
    private final double safetyMargin;

    /// @param defaultDeadlineNanos stands in for the deadline of a request that has none, so that it does not starve
    public LatestStart(long defaultDeadlineNanos) {
        this(defaultDeadlineNanos, 0);
    }

    /// @param defaultDeadlineNanos stands in for the deadline of a request that has none, so that it does not starve
    /// @param safetyMargin         how much longer than predicted the service of a request with a deadline may take, as a share
    public LatestStart(long defaultDeadlineNanos, double safetyMargin) {
        this.defaultDeadlineNanos = defaultDeadlineNanos;
        this.safetyMargin = safetyMargin;
    }

    /// What [#DEFAULT_DEADLINE] and [#SAFETY_MARGIN] say.
    public static LatestStart of(PolicyParameters values) {
        return new LatestStart(
                Math.round(values.number(DEFAULT_DEADLINE.name()) * 1e6), values.number(SAFETY_MARGIN.name()));
    }

    /// The latest start, in nanoseconds since the run began; may have passed, and may be before the run.
    public long ofNanos(Waiting request) {
        ServiceLevel promised = request.serviceLevel();
        Waiting.Prediction predicted = request.predicted();
        long latest = Long.MAX_VALUE;
        if (promised.timeToFirstToken().isPresent()) {
            latest = startFor(request, promised.timeToFirstToken().get(), predicted.prefillNanos());
        }
        if (promised.endToEnd().isPresent()) {
            latest = Math.min(latest, startFor(request, promised.endToEnd().get(), predicted.serviceNanos()));
        }
        return latest == Long.MAX_VALUE
                ? request.arrivedAtNanos() + defaultDeadlineNanos - predicted.serviceNanos()
                : latest;
    }

    /// Whether anything is promised that waiting can break.
    public static boolean hasDeadline(Waiting request) {
        return request.serviceLevel().endToEnd().isPresent()
                || request.serviceLevel().timeToFirstToken().isPresent();
    }

    private long startFor(Waiting request, Duration deadline, long serviceNanos) {
        return request.arrivedAtNanos() + deadline.toNanos() - Math.round((1 + safetyMargin) * serviceNanos);
    }
}
