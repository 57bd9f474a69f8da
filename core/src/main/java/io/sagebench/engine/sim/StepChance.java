package io.sagebench.engine.sim;

import io.sagebench.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// What is left to chance in the steps of an engine: noise on their times, and which guessed tokens are right.
///
/// Guesses are drawn for each step and sequence: as many are accepted as come before the first wrong one, and the model adds one token of its
/// own (Leviathan, Kalman, Matias: Fast inference from transformers via speculative decoding, ICML 2023).
final class StepChance {
    private final double sigma;
    private final int draftTokens;
    private final double acceptance;
    private final long[] acceptedPerPosition;
    private final SplittableRandom noise;
    private final SplittableRandom guesses;
    private long drafts;
    private long drafted;

    StepChance(EngineProfile profile, Seed seed) {
        sigma = profile.noiseSigma();
        draftTokens = profile.speculation().map(EngineProfile.Speculation::draftTokens).orElse(0);
        acceptance = profile.speculation().map(EngineProfile.Speculation::acceptance).orElse(0.0);
        acceptedPerPosition = new long[draftTokens];
        noise = seed.child("step noise").generator();
        guesses = seed.child("speculation").generator();
    }

    boolean isSpeculating() {
        return draftTokens > 0;
    }

    /// Whether steps of the same batch differ.
    boolean differsEachStep() {
        return sigma > 0 || draftTokens > 0;
    }

    /// A step's time with log-normal noise of mean 1.
    long noisy(long units) {
        return sigma == 0 ? units : Math.max(1, Math.round(units * Math.exp(sigma * noise.nextGaussian() - sigma * sigma / 2)));
    }

    /// How many tokens a decoding sequence samples in a step.
    int tokensOf(Sequence sequence) {
        int guessed = sequence.scheduled - 1;
        if (guessed == 0) {
            return 1;
        }
        drafts++;
        drafted += guessed;
        int accepted = 0;
        while (accepted < guessed && guesses.nextDouble() < acceptance) {
            acceptedPerPosition[accepted++]++;
        }
        return 1 + accepted;
    }

    long drafts() {
        return drafts;
    }

    long draftTokens() {
        return drafted;
    }

    List<Long> acceptedPerPosition() {
        return Arrays.stream(acceptedPerPosition).boxed().toList();
    }
}
