package io.sagebench.engine;

import io.sagebench.request.Check;

/// How an engine that computes picks each next token.
///
/// @param temperature       divides the logits; 0 takes the likeliest token always
/// @param topP              the smallest set of likeliest tokens with this share of the probability is drawn from, above 0 up to 1
/// @param topK              only so many likeliest tokens are drawn from; 0 for all
/// @param repetitionPenalty divides positive logits of tokens that stood before, and multiplies negative ones, as in CTRL; 1 for none
/// @param seed              all chance of this answer follows from it
/// @param ignoreEos         whether the answer goes on past the end-of-text token to its full length
public record Sampling(
        double temperature, double topP, int topK, double repetitionPenalty, long seed, boolean ignoreEos) {
    /// Always the likeliest token, to the full length.
    public static final Sampling GREEDY = new Sampling(0, 1, 0, 1, 0, true);

    public Sampling {
        Check.notNegative(topK, "topK");
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be at least 0, but is " + temperature);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP must be above 0 and at most 1, but is " + topP);
        }
        if (!(repetitionPenalty > 0) || Double.isInfinite(repetitionPenalty)) {
            throw new IllegalArgumentException("repetitionPenalty must be above 0, but is " + repetitionPenalty);
        }
    }
}
