package io.sagebench.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How much was completed when: counts in equal spans of the measured time, which grow as it does, so that memory stays flat. Belongs to one thread.
public final class CompletionTimes {
    private static final int MOST_SPANS = 512;
    private static final long SHORTEST_NANOS = 1_000_000;

    private long spanNanos = SHORTEST_NANOS;
    private long baseNanos;
    private long[] completed = new long[MOST_SPANS];
    private long[] met = new long[MOST_SPANS];
    private long[] tokens = new long[MOST_SPANS];

    /// Takes a completed request.
    ///
    /// @param afterNanos since the window began
    public void add(long afterNanos, boolean inTime, int outputTokens) {
        long atNanos = baseNanos + Math.max(0, afterNanos);
        while (atNanos / spanNanos >= MOST_SPANS) {
            widen();
        }
        int span = (int) (atNanos / spanNanos);
        completed[span]++;
        met[span] += inTime ? 1 : 0;
        tokens[span] += outputTokens;
    }

    /// Ends a window of that length: what comes next is counted after it.
    public void endWindow(long windowNanos) {
        baseNanos += windowNanos;
    }

    private void widen() {
        completed = pairs(completed);
        met = pairs(met);
        tokens = pairs(tokens);
        spanNanos *= 2;
    }

    private static long[] pairs(long[] counts) {
        long[] pairs = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            pairs[i / 2] += counts[i];
        }
        return pairs;
    }

    /// The counts of all windows so far.
    public Rates rates() {
        int spans = (int) Math.min(MOST_SPANS, (baseNanos + spanNanos - 1) / spanNanos);
        return new Rates(
                spanNanos,
                baseNanos,
                Arrays.copyOf(completed, spans),
                Arrays.copyOf(met, spans),
                Arrays.copyOf(tokens, spans));
    }

    /// What was completed in each of equal spans of time, the last of which may be cut. Not changed after it is made.
    public static final class Rates {
        private final long spanNanos;
        private final long allNanos;
        private final long[] completed;
        private final long[] met;
        private final long[] tokens;

        /// @param spanNanos length of a span
        /// @param allNanos  length of all windows together
        private Rates(long spanNanos, long allNanos, long[] completed, long[] met, long[] tokens) {
            this.spanNanos = spanNanos;
            this.allNanos = allNanos;
            this.completed = completed;
            this.met = met;
            this.tokens = tokens;
        }

        long spanNanos() {
            return spanNanos;
        }

        long[] completed() {
            return completed;
        }

        long[] met() {
            return met;
        }

        long[] tokens() {
            return tokens;
        }

        /// With wider spans.
        Rates widerBy(int factor) {
            return factor == 1
                    ? this
                    : new Rates(spanNanos * factor, allNanos, joined(completed, factor), joined(met, factor), joined(tokens, factor));
        }

        private static long[] joined(long[] counts, int factor) {
            long[] joined = new long[(counts.length + factor - 1) / factor];
            for (int i = 0; i < counts.length; i++) {
                joined[i / factor] += counts[i];
            }
            return joined;
        }

        /// Equal when as much was completed at the same times.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Rates same
                    && spanNanos == same.spanNanos
                    && allNanos == same.allNanos
                    && Arrays.equals(completed, same.completed)
                    && Arrays.equals(met, same.met)
                    && Arrays.equals(tokens, same.tokens);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(completed) * 31 + Long.hashCode(allNanos);
        }

        @Override
        public String toString() {
            return completed.length + " spans of " + spanNanos + " ns";
        }

        /// Seconds of a span that belong to the windows; 0 beyond their end.
        double seconds(int span) {
            return Math.clamp(allNanos - span * spanNanos, 0, spanNanos) / 1e9;
        }
    }
}
