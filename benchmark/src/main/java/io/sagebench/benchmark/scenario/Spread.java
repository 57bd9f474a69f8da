package io.sagebench.benchmark.scenario;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A figure over several seeds.
///
/// @param mean  of the seeds
/// @param sigma standard deviation of the sample; 0 for one seed
public record Spread(double mean, double sigma) {

    /// Of the values that are known; absent unless all are.
    static Optional<Spread> of(List<OptionalDouble> values) {
        if (values.isEmpty() || values.stream().anyMatch(OptionalDouble::isEmpty)) {
            return Optional.empty();
        }
        double[] known = values.stream().mapToDouble(OptionalDouble::getAsDouble).toArray();
        double mean = 0;
        for (double value : known) {
            mean += value / known.length;
        }
        double squares = 0;
        for (double value : known) {
            squares += (value - mean) * (value - mean);
        }
        return Optional.of(new Spread(mean, known.length < 2 ? 0 : Math.sqrt(squares / (known.length - 1))));
    }
}
