package io.sagebench.metrics;

import io.sagebench.metrics.RunMetrics.Cost;
import io.sagebench.request.Check;
import java.util.Map;
import java.util.OptionalDouble;

/// What the engines of a fleet cost.
///
/// @param usdPerHour of every engine, by its name, all its GPUs together; empty when any price is unknown
public record EnginePrices(Map<String, Double> usdPerHour) {
    /// No price is known.
    public static final EnginePrices UNKNOWN = new EnginePrices(Map.of());

    private static final double SECONDS_PER_HOUR = 3600;

    public EnginePrices {
        usdPerHour = Map.copyOf(usdPerHour);
        usdPerHour.forEach((engine, price) -> Check.notNegative(price, "the price of " + engine));
    }

    /// What a run cost.
    ///
    /// @param windowSeconds how long it was measured
    /// @param busySeconds   how long each engine had work, by its name
    /// @param tokens        that were served
    Cost cost(double windowSeconds, Map<String, Double> busySeconds, long tokens) {
        if (usdPerHour.isEmpty() || !usdPerHour.keySet().containsAll(busySeconds.keySet())) {
            return new Cost(
                    OptionalDouble.empty(), OptionalDouble.empty(), busySeconds, OptionalDouble.empty(), OptionalDouble.empty());
        }
        double rented = 0;
        double busy = 0;
        for (Map.Entry<String, Double> engine : usdPerHour.entrySet()) {
            rented += engine.getValue() / SECONDS_PER_HOUR * windowSeconds;
            busy += engine.getValue() / SECONDS_PER_HOUR * busySeconds.getOrDefault(engine.getKey(), 0.0);
        }
        return new Cost(
                OptionalDouble.of(rented), OptionalDouble.of(busy), busySeconds, per1k(rented, tokens), per1k(busy, tokens));
    }

    private static OptionalDouble per1k(double usd, long tokens) {
        return tokens == 0 ? OptionalDouble.empty() : OptionalDouble.of(usd / tokens * 1000);
    }
}
