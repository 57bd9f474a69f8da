package io.sagebench.live.engine.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/// The samples of one page of metrics, by their exact names. A value that is no number (`NaN`) counts as not told.
public final class MetricSamples {
    private final Map<String, List<Sample>> byName;

    /// One value.
    ///
    /// @param labels names and values, unescaped
    public record Sample(Map<String, String> labels, double value) {
        public Sample {
            labels = Map.copyOf(labels);
        }

        /// The value of a label, empty when it has no such label.
        String label(String name) {
            return labels.getOrDefault(name, "");
        }
    }

    MetricSamples(Map<String, List<Sample>> byName) {
        this.byName = new HashMap<>();
        byName.forEach((name, samples) -> this.byName.put(name, List.copyOf(samples)));
    }

    /// The samples of that name, in the order of the page.
    public List<Sample> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /// Whether the page has that name.
    boolean has(String name) {
        return byName.containsKey(name);
    }

    /// The sum over all samples of that name: a server of several engines (data parallelism) tells one for each.
    OptionalDouble sum(String name) {
        return sum(name, _ -> true);
    }

    /// The sum over the samples of that name that fulfil a condition; absent when there is none.
    OptionalDouble sum(String name, Predicate<Sample> condition) {
        double sum = 0;
        boolean found = false;
        for (Sample sample : named(name)) {
            if (!Double.isNaN(sample.value) && condition.test(sample)) {
                sum += sample.value;
                found = true;
            }
        }
        return found ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    /// The mean over all samples of that name: for shares, which several engines of the same size do not add up to.
    OptionalDouble mean(String name) {
        return named(name).stream().mapToDouble(Sample::value).filter(value -> !Double.isNaN(value)).average();
    }

    /// The largest sample of that name.
    OptionalDouble max(String name) {
        return named(name).stream().mapToDouble(Sample::value).filter(value -> !Double.isNaN(value)).max();
    }
}
