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
    static final double BURSTINESS = 0.5;
    static final Duration BURST_INTERVAL = Duration.ofSeconds(10);
    static final Duration ON = Duration.ofSeconds(5);
    static final Duration OFF = Duration.ofSeconds(15);
    static final double OFF_RATE_SHARE = 0;
    static final double WAVE_AMPLITUDE = 0.5;
    static final Duration WAVE_PERIOD = Duration.ofSeconds(60);
    static final Duration THINK_TIME = Duration.ofSeconds(5);
    static final String ANY_MODEL = "default";
    static final int SHORTEST_PROMPT = 50;
    static final int LONGEST_PROMPT = 500;
    static final double LLM_RATIO = 0.7;
    /// Of the prompts in hybrid mode, how many are to be completed; the others are chats.
    static final double GENERATE_RATIO = 0.2;
    static final String EMBEDDING_MODEL = "BAAI/bge-m3";
    static final List<Integer> EMBEDDING_BATCH_SIZES = List.of(1, 4, 8, 16, 32);
    /// In characters.
    static final int SHORTEST_TEXT = 50;
    /// In characters.
    static final int LONGEST_TEXT = 500;
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

    static final Deadlines DEADLINES_OF_PROMPTS = new Deadlines(500, 1000, 2000);
    static final Deadlines DEADLINES_OF_TEXTS = new Deadlines(100, 200, 500);

    private Defaults() {}

    static Map<Priority, Double> priorities() {
        var shares = new LinkedHashMap<Priority, Double>();
        shares.put(Priority.HIGH, 0.2);
        shares.put(Priority.NORMAL, 0.6);
        shares.put(Priority.LOW, 0.2);
        return Collections.unmodifiableMap(shares);
    }

    /// Deadlines in milliseconds for the three priorities that are usual.
    record Deadlines(double high, double normal, double low) {
        /// The deadline of a priority: as given, else CRITICAL is as HIGH, and BACKGROUND four times LOW.
        double millis(Priority priority, Map<Priority, Double> given) {
            Double own = given.get(priority);
            if (own != null) {
                return own;
            }
            return switch (priority) {
                case CRITICAL -> millis(Priority.HIGH, given);
                case HIGH -> high;
                case NORMAL -> normal;
                case LOW -> low;
                case BACKGROUND -> 4 * millis(Priority.LOW, given);
            };
        }
    }
}
