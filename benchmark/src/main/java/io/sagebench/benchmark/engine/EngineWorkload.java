package io.sagebench.benchmark.engine;

import io.sagebench.request.Check;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// One workload of the engine benchmark.
///
/// @param name         stable: names its files
/// @param type         what sort of workload it is: `short`, `long`, `stress`, `query` and so on
/// @param purpose      what it shows, in a few words
/// @param prompt       how its prompts begin; absent for made-up text. Cut, or gone on from, to the length in tokens
/// @param promptTokens length of each prompt, at least 1; 0 for that of the given prompt as it is
/// @param outputTokens length of each answer, at least 1
/// @param requests     how many, at least 1
/// @param execution    which of them are under way at the same time
/// @param asking       how answers are asked for
/// @param warmup       requests sent before, one after another, which are not counted
public record EngineWorkload(
        String name,
        String type,
        String purpose,
        Optional<String> prompt,
        int promptTokens,
        int outputTokens,
        int requests,
        Execution execution,
        Asking asking,
        int warmup) {
    public EngineWorkload {
        Check.notBlank(name, "name");
        Check.atLeast(prompt.isPresent() ? 0 : 1, promptTokens, "promptTokens");
        Check.atLeast(1, outputTokens, "outputTokens");
        Check.atLeast(1, requests, "requests");
        Check.notNegative(warmup, "warmup");
    }

    /// Which requests are under way at the same time, where no arrivals are asked for.
    public sealed interface Execution {
        /// One after another.
        static Execution sequential() {
            return new Callers(1);
        }

        /// So many callers, each of whom asks again when the answer before has ended.
        ///
        /// @param concurrency at least 1
        record Callers(int concurrency) implements Execution {
            public Callers {
                Check.atLeast(1, concurrency, "concurrency");
            }
        }

        /// All at the first moment.
        record AtOnce() implements Execution {}

        /// For people: `sequential`, `4 at once`, `all at once`.
        default String text() {
            return switch (this) {
                case Callers(int concurrency) -> concurrency == 1 ? "sequential" : concurrency + " at a time";
                case AtOnce _ -> "all at once";
            };
        }
    }

    /// How answers are asked for. What is absent is left to the engine.
    ///
    /// @param streaming         whether token by token; else nothing is known of the time to the first
    /// @param temperature       of the draw
    /// @param topP              share of probability that is drawn from
    /// @param topK              how many of the likeliest tokens are drawn from
    /// @param repetitionPenalty against repetition, 1 for none
    /// @param extra             further fields of the request's body, as they are
    public record Asking(
            boolean streaming,
            OptionalDouble temperature,
            OptionalDouble topP,
            OptionalInt topK,
            OptionalDouble repetitionPenalty,
            Map<String, Object> extra) {
        /// Token by token, and all else left to the engine.
        public static final Asking STREAMED = new Asking(
                true, OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty(), OptionalDouble.empty(), Map.of());

        public Asking {
            extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
        }

        /// The same, drawn at that temperature.
        public Asking withTemperature(double other) {
            return new Asking(streaming, OptionalDouble.of(other), topP, topK, repetitionPenalty, extra);
        }

        /// The same, token by token or whole.
        public Asking streaming(boolean other) {
            return new Asking(other, temperature, topP, topK, repetitionPenalty, extra);
        }
    }

    /// The same with so many requests.
    public EngineWorkload withRequests(int other) {
        return new EngineWorkload(
                name, type, purpose, prompt, promptTokens, outputTokens, other, execution, asking, warmup);
    }

    /// The same with so many warm-up requests.
    public EngineWorkload withWarmup(int other) {
        return new EngineWorkload(
                name, type, purpose, prompt, promptTokens, outputTokens, requests, execution, asking, other);
    }

    /// The same with another execution.
    public EngineWorkload with(Execution other) {
        return new EngineWorkload(name, type, purpose, prompt, promptTokens, outputTokens, requests, other, asking, warmup);
    }

    /// The same asked for in another way.
    public EngineWorkload with(Asking other) {
        return new EngineWorkload(
                name, type, purpose, prompt, promptTokens, outputTokens, requests, execution, other, warmup);
    }
}
