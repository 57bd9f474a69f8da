package io.sagebench.policy.adaptive;

import java.util.Map;
import java.util.OptionalDouble;

/// Moves the weight of the predicted service time with the load: up when the pool is nearly full or promises are broken, down when there is
/// room and nearly all are kept. 0 is least slack first, 1 earliest deadline first, 2 leans towards short jobs.
///
/// At most 0.1 a second, and for 2 s nothing after a change or after it began to watch.
final class GammaController {
    static final double MOST = 2;
    private static final double FULL = 0.8;
    private static final double ROOMY = 0.6;
    private static final double BROKEN = 0.9;
    private static final double KEPT = 0.97;
    private static final long DWELL_NANOS = 2_000_000_000L;
    private static final double PER_NANO = 0.1 / 1e9;

    private static final long NOT_YET = Long.MIN_VALUE;

    private double gamma;
    private long dwellsSinceNanos = NOT_YET;
    private long changedAtNanos;
    private long raised;
    private long lowered;

    /// @param gamma to begin with, from 0 to 2
    GammaController(double gamma) {
        this.gamma = gamma;
    }

    double gamma() {
        return gamma;
    }

    /// Where gamma should be now. The caller puts it in force by [#moveTo].
    double target(double saturation, OptionalDouble attainment, long nowNanos) {
        if (dwellsSinceNanos == NOT_YET) {
            dwellsSinceNanos = nowNanos;
        }
        if (nowNanos - dwellsSinceNanos < DWELL_NANOS) {
            return gamma;
        }
        double step = PER_NANO * DWELL_NANOS;
        if (saturation > FULL || attainment.orElse(1) < BROKEN) {
            return Math.min(MOST, gamma + step);
        }
        return saturation < ROOMY && attainment.orElse(1) > KEPT ? Math.max(0, gamma - step) : gamma;
    }

    void moveTo(double target, long nowNanos) {
        if (target > gamma) {
            raised++;
        } else {
            lowered++;
        }
        gamma = target;
        changedAtNanos = nowNanos;
        dwellsSinceNanos = nowNanos;
    }

    void addTo(Map<String, Double> figures) {
        figures.put("gamma", gamma);
        figures.put("gamma_raised", (double) raised);
        figures.put("gamma_lowered", (double) lowered);
        figures.put("gamma_changed_at", changedAtNanos / 1e9);
    }
}
