package io.sagebench.benchmark;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Waits between two policies until the server has nothing left of the first, so that the second does not pay for it. A server that does not say
/// what it has gets a pause, and so does any when one is asked for.
final class IdleWait {
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final long LONGEST_MILLIS = 30_000;
    private static final long SETTLE_MILLIS = 1_000;

    private final Supplier<Optional<String>> metrics;
    private final LongConsumer pause;
    private final Optional<Duration> settle;

    /// @param metrics asks `/admin/metrics`: queued and running requests
    /// @param pause   waits for so many milliseconds
    /// @param settle  how long it pauses in the end; absent for none, or a second when the server does not say
    IdleWait(Supplier<Optional<String>> metrics, LongConsumer pause, Optional<Duration> settle) {
        this.settle = settle;
        this.metrics = metrics;
        this.pause = pause;
    }

    /// Waits.
    ///
    /// @return what is still there after half a minute, in words for the report; absent when the server is idle or does not say
    Optional<String> await() {
        OptionalLong busy = busy();
        if (busy.isEmpty()) {
            pause.accept(settle.map(Duration::toMillis).orElse(SETTLE_MILLIS));
            return Optional.empty();
        }
        for (long waited = 0; busy.orElse(0) > 0 && waited < LONGEST_MILLIS; waited += LOOK_EVERY_MILLIS) {
            pause.accept(LOOK_EVERY_MILLIS);
            busy = busy();
        }
        settle.ifPresent(asked -> pause.accept(asked.toMillis()));
        return busy.orElse(0) > 0
                ? Optional.of("the server still had " + busy.getAsLong() + " requests " + LONGEST_MILLIS / 1000
                        + " s after the policy before")
                : Optional.empty();
    }

    private OptionalLong busy() {
        Optional<String> said = metrics.get();
        if (said.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            JsonNode json = JsonMapper.shared().readTree(said.get());
            JsonNode queued = json.path("queued");
            JsonNode running = json.path("running");
            return queued.isIntegralNumber() && running.isIntegralNumber()
                    ? OptionalLong.of(queued.longValue() + running.longValue())
                    : OptionalLong.empty();
        } catch (JacksonException _) {
            return OptionalLong.empty();
        }
    }
}
