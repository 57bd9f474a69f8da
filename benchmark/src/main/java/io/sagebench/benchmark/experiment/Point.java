package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.BenchmarkConfig;
import java.util.List;
import java.util.function.DoubleFunction;

/// One value of what is varied, and the benchmark there.
///
/// @param level  the value in words, for example `100 req/s`
/// @param value  the value
/// @param config of all policies
public record Point(String level, double value, BenchmarkConfig config) {

    /// One for each arrival rate.
    public static List<Point> atRates(BenchmarkConfig base, List<Double> ratesPerSecond) {
        return of(ratesPerSecond, " req/s", rate -> base.with(Loads.atRate(base.workload(), rate)));
    }

    /// @param unit follows the value in the level's name
    static List<Point> of(List<Double> values, String unit, DoubleFunction<BenchmarkConfig> config) {
        return values.stream().map(value -> new Point(Numbers.plain(value) + unit, value, config.apply(value))).toList();
    }
}
