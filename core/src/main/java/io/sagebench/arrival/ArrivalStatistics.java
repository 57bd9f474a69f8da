package io.sagebench.arrival;

import io.sagebench.request.Check;
import java.util.OptionalDouble;

/// What a sequence of arrival times looks like. Keeps none of them.
public final class ArrivalStatistics {
    private final long windowNanos;
    private long count;
    private long firstAtNanos;
    private long lastAtNanos;
    private double meanGapNanos;
    private double squaredGaps;
    private long windows;
    private long inWindow;
    private double meanInWindow;
    private double squaredCounts;

    /// @param windowNanos length of the windows in which arrivals are counted, from the first moment on
    public ArrivalStatistics(long windowNanos) {
        this.windowNanos = Check.atLeast(1, windowNanos, "windowNanos");
    }

    /// Takes the next time, at least the one before.
    public void add(long atNanos) {
        Check.atLeast(lastAtNanos, atNanos, "the next time");
        while (atNanos / windowNanos > windows) {
            endWindow();
        }
        inWindow++;
        if (count++ == 0) {
            firstAtNanos = atNanos;
        } else {
            double gap = atNanos - lastAtNanos;
            double off = gap - meanGapNanos;
            meanGapNanos += off / (count - 1);
            squaredGaps += off * (gap - meanGapNanos);
        }
        lastAtNanos = atNanos;
    }

    private void endWindow() {
        windows++;
        double off = inWindow - meanInWindow;
        meanInWindow += off / windows;
        squaredCounts += off * (inWindow - meanInWindow);
        inWindow = 0;
    }

    /// How many times were taken.
    public long count() {
        return count;
    }

    /// From the first to the last.
    public long spanNanos() {
        return lastAtNanos - firstAtNanos;
    }

    /// Arrivals per second between the first and the last; absent when there is no time between them.
    public OptionalDouble ratePerSecond() {
        return spanNanos() == 0 ? OptionalDouble.empty() : OptionalDouble.of((count - 1) * 1e9 / spanNanos());
    }

    /// Coefficient of variation of the gaps: their standard deviation over their mean; 0 for equal gaps, 1 for a Poisson process. Absent for
    /// fewer than two gaps and for gaps of 0.
    public OptionalDouble gapVariation() {
        return count < 3 || meanGapNanos == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.sqrt(squaredGaps / (count - 2)) / meanGapNanos);
    }

    /// Index of dispersion: the variance of the counts in whole windows over their mean; 1 for a Poisson process, whatever the window. Absent
    /// for fewer than two whole windows.
    public OptionalDouble dispersion() {
        return windows < 2 || meanInWindow == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(squaredCounts / (windows - 1) / meanInWindow);
    }
}
