package io.sagebench.engine.fault;

import io.sagebench.time.FarTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is wrong with one request, taken together.
///
/// @param delayNanos    the sum of the delays
/// @param factor        the largest by which gaps are stretched; 1 for none
/// @param leastGapNanos the largest least gap; 0 for none
/// @param ending        the first fault that decides how it ends
record Ailment(long delayNanos, double factor, long leastGapNanos, Optional<Fault.Ending> ending) {
    static final Ailment NONE = new Ailment(0, 1, 0, Optional.empty());

    static Ailment of(List<Fault> faults) {
        Ailment all = NONE;
        for (Fault fault : faults) {
            all = all.and(fault);
        }
        return all;
    }

    /// Whether tokens come later than the engine makes them.
    boolean isSlow() {
        return factor > 1 || leastGapNanos > 0;
    }

    private Ailment and(Fault fault) {
        return switch (fault) {
            case Fault.Delay(Duration delay) ->
                new Ailment(FarTime.sum(delayNanos, delay.toNanos()), factor, leastGapNanos, ending);
            case Fault.Slow slow ->
                new Ailment(
                        delayNanos,
                        Math.max(factor, slow.factor()),
                        Math.max(leastGapNanos, slow.leastGap().toNanos()),
                        ending);
            case Fault.Ending end -> new Ailment(delayNanos, factor, leastGapNanos, ending.or(() -> Optional.of(end)));
        };
    }
}
