package io.sagebench.engine.latency;

import io.sagebench.request.Check;
import io.sagebench.time.FarTime;
import java.util.random.RandomGenerator;

/// How long an engine takes, by the model of llm-d-inference-sim.
///
/// @param calculator       which of the two ways to reckon counts
/// @param firstToken       until the first token, whatever the prompt
/// @param interToken       from each token to the next
/// @param prefill          until the first token, by the tokens of the prompt that are not cached
/// @param transfer         until the first token of a request whose prompt another engine has computed
/// @param transferPerToken the same, by the tokens of the prompt
/// @param underLoad        by how much everything but transfers is longer when all slots are taken, at least 1; in between it grows evenly with the
///                         number of requests that run
public record Latencies(
        Calculator calculator,
        Spread firstToken,
        Spread interToken,
        PerToken prefill,
        Spread transfer,
        PerToken transferPerToken,
        double underLoad) {
    /// Answers at once.
    public static final Latencies NONE = new Latencies(
            Calculator.WHAT_IS_GIVEN, Spread.NONE, Spread.NONE, PerToken.NONE, Spread.NONE, PerToken.NONE, 1);

    public Latencies {
        if (!(underLoad >= 1) || Double.isInfinite(underLoad)) {
            throw new IllegalArgumentException("time-factor-under-load must be a finite number of at least 1, but was " + underLoad);
        }
        requireNarrow(firstToken, "time-to-first-token");
        requireNarrow(interToken, "inter-token-latency");
        requireNarrow(transfer, "kv-cache-transfer-latency");
    }

    private static void requireNarrow(Spread spread, String name) {
        if (!spread.isNarrow()) {
            throw new IllegalArgumentException(name + "-std-dev must be at most 30 % of " + name);
        }
    }

    /// Which way to reckon counts.
    public enum Calculator {
        /// The constant where one is given, else by token.
        WHAT_IS_GIVEN,
        /// The constants.
        CONSTANT,
        /// By token.
        PER_TOKEN
    }

    /// A time that grows with a number of tokens.
    ///
    /// @param baseNanos     for none
    /// @param perTokenNanos for each
    /// @param stdDevNanos   the standard deviation of the sum
    public record PerToken(long baseNanos, long perTokenNanos, long stdDevNanos) {
        /// No time at all.
        public static final PerToken NONE = new PerToken(0, 0, 0);

        public PerToken {
            Check.notNegative(baseNanos, "base");
            Check.notNegative(perTokenNanos, "perToken");
            Check.notNegative(stdDevNanos, "standard deviation");
        }

        Spread of(long tokens) {
            return new Spread(FarTime.sum(baseNanos, FarTime.product(tokens, perTokenNanos)), stdDevNanos);
        }
    }

    /// What one request takes until its first token.
    ///
    /// @param load from [#loadFactor]
    long firstTokenNanos(int promptTokens, int cachedTokens, boolean prefilledElsewhere, double load, RandomGenerator random) {
        if (prefilledElsewhere) {
            Spread spread = isConstant(transfer) ? transfer : transferPerToken.of(promptTokens);
            return spread.draw(1, random);
        }
        Spread spread = isConstant(firstToken) ? firstToken : prefill.of(promptTokens - cachedTokens);
        return spread.draw(load, random);
    }

    private boolean isConstant(Spread constant) {
        return switch (calculator) {
            case CONSTANT -> true;
            case PER_TOKEN -> false;
            case WHAT_IS_GIVEN -> constant.isGiven();
        };
    }

    long interTokenNanos(double load, RandomGenerator random) {
        return interToken.draw(load, random);
    }

    /// By how much times are longer while `running` of `slots` are taken: 1 for one request, [#underLoad] for all.
    double loadFactor(int running, int slots) {
        return slots <= 1 ? 1 : 1 + (underLoad - 1) * (running - 1) / (slots - 1);
    }
}
