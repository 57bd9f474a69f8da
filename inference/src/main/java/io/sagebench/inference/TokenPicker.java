package io.sagebench.inference;

import io.sagebench.engine.Sampling;
import io.sagebench.random.Seed;
import java.util.BitSet;
import java.util.SplittableRandom;

/// Picks each next token of one answer from its logits. All chance comes from the answer's own seed, so it does not matter what else is computed.
///
/// As in vLLM: first the penalty, then the temperature, then the likeliest `topK`, then of these the share `topP`.
final class TokenPicker {
    private final Sampling sampling;
    private final SplittableRandom chance;
    private final BitSet before = new BitSet();
    private final float[] weights;
    private final LikeliestTokens likeliest;

    TokenPicker(Sampling sampling, int vocabulary) {
        this.sampling = sampling;
        this.chance = new Seed(sampling.seed()).generator();
        boolean draws = sampling.temperature() > 0;
        this.weights = new float[draws ? vocabulary : 0];
        this.likeliest = new LikeliestTokens(draws && isCut() ? vocabulary : 0);
    }

    /// A token that stands before the next one, in the prompt or the answer.
    void saw(int token) {
        if (sampling.repetitionPenalty() != 1) {
            before.set(token);
        }
    }

    /// @param logits of each token; changed
    /// @return the token
    /// @throws ArithmeticException when there is no greatest logit
    int pick(float[] logits) {
        penalise(logits);
        int best = greatest(logits);
        return sampling.temperature() == 0 ? best : draw(logits, logits[best]);
    }

    private boolean isCut() {
        return sampling.topP() < 1 || sampling.topK() > 0;
    }

    private void penalise(float[] logits) {
        float penalty = (float) sampling.repetitionPenalty();
        for (int token = before.nextSetBit(0); token >= 0; token = before.nextSetBit(token + 1)) {
            logits[token] = logits[token] > 0 ? logits[token] / penalty : logits[token] * penalty;
        }
    }

    private static int greatest(float[] logits) {
        int best = -1;
        float most = Float.NEGATIVE_INFINITY;
        for (int token = 0; token < logits.length; token++) {
            if (logits[token] > most) {
                most = logits[token];
                best = token;
            }
        }
        if (best < 0 || most == Float.POSITIVE_INFINITY) {
            throw new ArithmeticException("the model gave no numbers to pick a token by");
        }
        return best;
    }

    private int draw(float[] logits, float most) {
        double sum = 0;
        for (int token = 0; token < logits.length; token++) {
            weights[token] = (float) Math.exp((logits[token] - most) / sampling.temperature());
            sum += weights[token];
        }
        double at = chance.nextDouble();
        return isCut() ? drawOfLikeliest(sum, at) : drawOfAll(at * sum);
    }

    private int drawOfAll(double at) {
        int last = -1;
        double passed = 0;
        for (int token = 0; token < weights.length; token++) {
            passed += weights[token];
            if (weights[token] > 0) {
                last = token;
                if (passed > at) {
                    return token;
                }
            }
        }
        return last; // rounding may leave a little at the end
    }

    private int drawOfLikeliest(double sumOfAll, double at) {
        likeliest.of(weights);
        double sum = sumOfAll;
        if (sampling.topK() > 0) {
            sum = 0;
            for (int i = 0; i < sampling.topK() && likeliest.findNext(); i++) {
                sum += weights[likeliest.found(i)];
            }
        }
        double kept = 0;
        int count = 0;
        while (kept < sampling.topP() * sum && (count < likeliest.foundCount() || (sampling.topK() == 0 && likeliest.findNext()))) {
            kept += weights[likeliest.found(count++)];
        }
        double passed = 0;
        for (int i = 0; i < count; i++) {
            passed += weights[likeliest.found(i)];
            if (passed > at * kept) {
                return likeliest.found(i);
            }
        }
        return likeliest.found(count - 1);
    }
}
