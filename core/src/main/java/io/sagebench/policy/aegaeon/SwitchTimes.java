package io.sagebench.policy.aegaeon;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// How long the processor stands still for a switch to each model: a moving mean of what was measured, which starts from what a cold switch takes,
/// `bytes / bandwidth` and a fixed part.
final class SwitchTimes {
    private static final double WEIGHT_OF_NEWEST = 0.2;
    /// So that quotas stay above 0 when weights and caches always lie ready.
    private static final double LEAST_SECONDS = 0.001;

    private final Map<String, Double> seconds = new HashMap<>();
    private final ToDoubleFunction<String> coldSeconds;

    /// @param coldSeconds of a model, before it was measured
    SwitchTimes(ToDoubleFunction<String> coldSeconds) {
        this.coldSeconds = coldSeconds;
    }

    double seconds(String model) {
        Double known = seconds.get(model);
        return Math.max(LEAST_SECONDS, known == null ? coldSeconds.applyAsDouble(model) : known);
    }

    long nanos(String model) {
        return Math.round(seconds(model) * 1e9);
    }

    void measured(String model, long nanos) {
        double before = seconds(model);
        seconds.put(model, before + WEIGHT_OF_NEWEST * (nanos / 1e9 - before));
    }
}
