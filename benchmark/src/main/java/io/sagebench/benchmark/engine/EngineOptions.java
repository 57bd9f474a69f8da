package io.sagebench.benchmark.engine;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.request.Check;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// How workloads are sent, whichever they are.
///
/// @param mode        whether they come as they would in use, or all at once
/// @param arrivals    when requests come, in traffic mode; absent for the workload's own execution
/// @param concurrency so many callers instead of the workload's own execution, in traffic mode without arrivals
/// @param duration    no request is sent later than this after the first, and as many as fit rather than the workload's number
/// @param warmup      requests sent before each workload; absent for the workload's own
/// @param endpoint    which of the API's endpoints
/// @param timeout     limit for a whole request
/// @param seed        everything random follows from it
public record EngineOptions(
        Mode mode,
        Optional<ArrivalProcess> arrivals,
        OptionalInt concurrency,
        Optional<Duration> duration,
        OptionalInt warmup,
        Endpoint endpoint,
        Duration timeout,
        long seed) {
    /// The seed unless another is given.
    public static final long USUAL_SEED = 42;

    /// Traffic mode with each workload's own execution.
    public static final EngineOptions DEFAULT = new EngineOptions(
            Mode.TRAFFIC,
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Endpoint.COMPLETIONS,
            Duration.ofMinutes(5),
            USUAL_SEED);

    public EngineOptions {
        concurrency.ifPresent(callers -> Check.atLeast(1, callers, "concurrency"));
        warmup.ifPresent(requests -> Check.notNegative(requests, "warmup"));
        if (mode == Mode.BATCH && (arrivals.isPresent() || concurrency.isPresent() || duration.isPresent())) {
            throw new IllegalArgumentException("in batch mode everything is sent at once, so there are no arrivals, callers or duration");
        }
        if (arrivals.isPresent() && concurrency.isPresent()) {
            throw new IllegalArgumentException("requests come by arrivals or from callers, not by both");
        }
    }

    /// The same from another seed.
    public EngineOptions withSeed(long other) {
        return new EngineOptions(mode, arrivals, concurrency, duration, warmup, endpoint, timeout, other);
    }

    /// The same with so many warm-up requests.
    public EngineOptions withWarmup(int requests) {
        return new EngineOptions(mode, arrivals, concurrency, duration, OptionalInt.of(requests), endpoint, timeout, seed);
    }

    /// Whether requests come as they would in use.
    public enum Mode {
        /// By the workload's own execution, or by arrivals.
        TRAFFIC,
        /// All at once, for throughput: one clock from the first to the last.
        BATCH;

        /// The name in options and files.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Which endpoint is asked.
    public enum Endpoint {
        /// `/v1/completions`: the prompt is sent as it is, so that its length is what was meant.
        COMPLETIONS,
        /// `/v1/chat/completions`: one message, around which the model's template puts further tokens.
        CHAT;

        /// The name in options and files.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
