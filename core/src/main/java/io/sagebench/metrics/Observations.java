package io.sagebench.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Requests of one policy in the order in which they were intended. Not changed after it is made.
public final class Observations {
    /// Cells in which neighbours are counted together, at most: enough for any block length, and few enough to draw from quickly.
    private static final int MOST_CELLS = 1024;

    private final long stride;
    private final long[] places;
    private final float[] endToEndNanos;
    private final float[] ttftNanos;
    private final float[] gapNanos;
    private final int[] gaps;
    private final boolean[] met;
    private final boolean[] completed;
    private final long[] intendedAtNanos;

    Observations(
            long stride,
            long[] places,
            float[] endToEndNanos,
            float[] ttftNanos,
            float[] gapNanos,
            int[] gaps,
            boolean[] met,
            boolean[] completed,
            long[] intendedAtNanos) {
        this.stride = stride;
        this.places = places;
        this.endToEndNanos = endToEndNanos;
        this.ttftNanos = ttftNanos;
        this.gapNanos = gapNanos;
        this.gaps = gaps;
        this.met = met;
        this.completed = completed;
        this.intendedAtNanos = intendedAtNanos;
    }

    /// How many requests are here.
    public int size() {
        return places.length;
    }

    /// One of so many requests of the run is here.
    public long stride() {
        return stride;
    }

    /// When a request should have left.
    long intendedAtNanos(int i) {
        return intendedAtNanos[i];
    }

    /// Whether both are the same requests under another policy.
    boolean pairsWith(Observations other) {
        return Arrays.equals(places, other.places);
    }

    /// What a figure is made of.
    enum Value {
        /// E2E of completed requests.
        END_TO_END,
        /// TTFT of completed requests that were streamed.
        TTFT,
        /// Gaps between tokens, counted each.
        GAP,
        /// 1 for a request that met its service level, 0 for any other.
        MET
    }

    /// The sum of the values of a request; not a number when it has none.
    double sum(Value value, int i) {
        return switch (value) {
            case END_TO_END -> endToEndNanos[i];
            case TTFT -> ttftNanos[i];
            case GAP -> gaps[i] == 0 ? Double.NaN : gapNanos[i];
            case MET -> met[i] ? 1 : 0;
        };
    }

    /// How many values a request has.
    double count(Value value, int i) {
        return switch (value) {
            case END_TO_END -> Float.isNaN(endToEndNanos[i]) ? 0 : 1;
            case TTFT -> Float.isNaN(ttftNanos[i]) ? 0 : 1;
            case GAP -> gaps[i];
            case MET -> 1;
        };
    }

    /// How many requests completed from place `from` on.
    long completedSince(int from) {
        long count = 0;
        for (int i = from; i < completed.length; i++) {
            count += completed[i] ? 1 : 0;
        }
        return count;
    }

    /// In how many cells neighbours are counted together.
    int cells() {
        return Math.min(size(), MOST_CELLS);
    }

    /// The cell of a request, from 0.
    int cellOf(int i) {
        return (int) ((long) i * cells() / size());
    }

    /// Equal when it has the same requests, and they did the same.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Observations same
                && stride == same.stride
                && Arrays.equals(places, same.places)
                && Arrays.equals(endToEndNanos, same.endToEndNanos)
                && Arrays.equals(ttftNanos, same.ttftNanos)
                && Arrays.equals(gapNanos, same.gapNanos)
                && Arrays.equals(gaps, same.gaps)
                && Arrays.equals(met, same.met)
                && Arrays.equals(completed, same.completed)
                && Arrays.equals(intendedAtNanos, same.intendedAtNanos);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(places) * 31 + Arrays.hashCode(endToEndNanos);
    }

    @Override
    public String toString() {
        return size() + " requests, one of " + stride;
    }
}
