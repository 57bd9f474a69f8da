package io.sagebench.engine.sim;

import java.util.List;

/// What is computed in one step, summed over the batch, and whether the steps after it will be like it.
final class StepLoad {
    private int tokens;
    private int sequences;
    private long contextTokens;
    private int prefillChunks;
    private double queryKeyPairs;
    private int sampling;
    private boolean repeats;
    private int fewestTokensLeft;

    /// Sums up what was planned for `running`.
    void measure(List<Sequence> running) {
        tokens = 0;
        sequences = 0;
        contextTokens = 0;
        prefillChunks = 0;
        queryKeyPairs = 0;
        sampling = 0;
        repeats = true;
        fewestTokensLeft = Integer.MAX_VALUE;
        for (int i = 0; i < running.size(); i++) {
            Sequence sequence = running.get(i);
            int chunk = sequence.scheduled;
            if (chunk == 0) {
                repeats = false;
                continue;
            }
            tokens += chunk;
            sequences++;
            if (sequence.isDecoding()) {
                contextTokens += sequence.length();
                sampling++;
                fewestTokensLeft = Math.min(fewestTokensLeft, sequence.tokensLeft());
                repeats &= sequence.rowBegan != Sequence.NEVER && !sequence.wantsEachToken;
            } else {
                prefillChunks++;
                queryKeyPairs += chunk * (sequence.computed + chunk / 2.0);
                if (chunk == sequence.behind()) {
                    sampling++;
                }
                repeats = false;
            }
        }
    }

    int tokens() {
        return tokens;
    }

    int sequences() {
        return sequences;
    }

    /// Whether all sequences only decode, and nobody must hear of each token: then the next steps differ only in the growing context, until
    /// something happens.
    boolean repeats() {
        return repeats;
    }

    /// After how many such steps the first sequence is complete.
    int fewestTokensLeft() {
        return fewestTokensLeft;
    }

    /// How long the step takes, in units of 2^-16 nanoseconds.
    long units(StepTime stepTime) {
        return stepTime.units(tokens, sequences, prefillChunks, queryKeyPairs, sampling)
                + contextTokens * stepTime.contextUnits();
    }
}
