package io.sagebench.benchmark.config;

import io.sagebench.benchmark.DefaultFleet;
import io.sagebench.request.Priority;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What holds where nothing is said.
final class Defaults {
    static final URI CONTROL_PLANE = URI.create("http://localhost:8080");
    static final List<String> COMPARED = List.of("fifo", "priority", "slo_aware");
    static final String MEASURED = "fifo";
    static final int REQUESTS = 100;
    static final double RATE = 10;
    static final String ANY_MODEL = "default";
    static final int SHORTEST_PROMPT = 50;
    static final int LONGEST_PROMPT = 500;
    static final int SHORTEST_OUTPUT = 50;
    static final int LONGEST_OUTPUT = 200;
    static final Duration TIMEOUT = Duration.ofSeconds(60);
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    static final int WARMUP = 10;
    static final long SEED = 42;
    static final int REPEATS = 1;
    static final int INSTANCES = DefaultFleet.INSTANCES;
    static final String PROFILE = DefaultFleet.PROFILE;
    static final String OUTPUT = "./benchmark_results";

    private static final double HIGH_MS = 500;
    private static final double NORMAL_MS = 1000;
    private static final double LOW_MS = 2000;

    private Defaults() {}

    static Map<Priority, Double> priorities() {
        var shares = new LinkedHashMap<Priority, Double>();
        shares.put(Priority.HIGH, 0.2);
        shares.put(Priority.NORMAL, 0.6);
        shares.put(Priority.LOW, 0.2);
        return Collections.unmodifiableMap(shares);
    }

    /// The deadline of a priority, given those of the three that are usual: CRITICAL is as HIGH, BACKGROUND four times LOW.
    static double deadlineMillis(Priority priority, Map<Priority, Double> given) {
        Double own = given.get(priority);
        if (own != null) {
            return own;
        }
        return switch (priority) {
            case CRITICAL -> deadlineMillis(Priority.HIGH, given);
            case HIGH -> HIGH_MS;
            case NORMAL -> NORMAL_MS;
            case LOW -> LOW_MS;
            case BACKGROUND -> 4 * deadlineMillis(Priority.LOW, given);
        };
    }
}
