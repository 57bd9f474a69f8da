package io.sagebench.monitor;

import java.util.Optional;
import java.util.OptionalDouble;

/// One figure over many samples.
///
/// @param samples how many told it, at least 1
/// @param mean    of all of them
/// @param least   the smallest
/// @param most    the largest
public record Spread(long samples, double mean, double least, double most) {

    /// Takes samples one by one.
    static final class Tally {
        private long samples;
        private double sum;
        private double least = Double.POSITIVE_INFINITY;
        private double most = Double.NEGATIVE_INFINITY;

        void add(OptionalDouble told) {
            told.ifPresent(value -> {
                samples++;
                sum += value;
                least = Math.min(least, value);
                most = Math.max(most, value);
            });
        }

        /// Absent when none told it.
        Optional<Spread> spread() {
            return samples == 0 ? Optional.empty() : Optional.of(new Spread(samples, sum / samples, least, most));
        }
    }
}
