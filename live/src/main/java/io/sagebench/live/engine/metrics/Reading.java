package io.sagebench.live.engine.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What one page of metrics says, under our names.
///
/// @param running       requests it works on
/// @param waiting       requests in its queue
/// @param kvUsage       from 0 to 1
/// @param kvUsedTokens  tokens in the KV cache
/// @param prefixHitRate as the server computes it, where it tells no counters
/// @param acceptRate    as the server computes it, where it tells no counters
/// @param counters      what only grows while the server runs
record Reading(
        OptionalLong running,
        OptionalLong waiting,
        OptionalDouble kvUsage,
        OptionalLong kvUsedTokens,
        OptionalDouble prefixHitRate,
        OptionalDouble acceptRate,
        Map<Counter, Double> counters) {

    /// What is counted.
    enum Counter {
        PROMPT_TOKENS,
        PROMPT_TOKENS_FROM_CACHE,
        PREEMPTIONS,
        GUESSED_TOKENS,
        ACCEPTED_TOKENS
    }

    Reading {
        counters = Map.copyOf(counters);
    }

    /// Puts a reading together from what a page may or may not have.
    static final class Builder {
        private OptionalLong running = OptionalLong.empty();
        private OptionalLong waiting = OptionalLong.empty();
        private OptionalDouble kvUsage = OptionalDouble.empty();
        private OptionalLong kvUsedTokens = OptionalLong.empty();
        private OptionalDouble prefixHitRate = OptionalDouble.empty();
        private OptionalDouble acceptRate = OptionalDouble.empty();
        private final Map<Counter, Double> counters = new EnumMap<>(Counter.class);

        Builder running(OptionalDouble value) {
            running = count(value);
            return this;
        }

        Builder waiting(OptionalDouble value) {
            waiting = count(value);
            return this;
        }

        Builder kvUsage(OptionalDouble value) {
            kvUsage = share(value);
            return this;
        }

        Builder kvUsedTokens(OptionalDouble value) {
            kvUsedTokens = count(value);
            return this;
        }

        Builder prefixHitRate(OptionalDouble value) {
            prefixHitRate = share(value);
            return this;
        }

        Builder acceptRate(OptionalDouble value) {
            acceptRate = share(value);
            return this;
        }

        Builder counter(Counter counter, OptionalDouble value) {
            value.ifPresent(told -> counters.put(counter, told));
            return this;
        }

        Reading build() {
            return new Reading(running, waiting, kvUsage, kvUsedTokens, prefixHitRate, acceptRate, counters);
        }

        /// What is below 0 or without end is no count, so the server told none.
        private static OptionalLong count(OptionalDouble value) {
            return value.isPresent() && value.getAsDouble() >= 0 && value.getAsDouble() < Long.MAX_VALUE
                    ? OptionalLong.of(Math.round(value.getAsDouble()))
                    : OptionalLong.empty();
        }

        private static OptionalDouble share(OptionalDouble value) {
            return value.isPresent() && value.getAsDouble() >= 0 && value.getAsDouble() <= 1 ? value : OptionalDouble.empty();
        }
    }
}
