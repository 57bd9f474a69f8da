package io.sagebench.engine.sim.calibration;

import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.calibration.SweepLevel.Lengths;
import io.sagebench.random.Seed;
import io.sagebench.request.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The load that tells the constants of an engine apart: from one request at a time to more than its KV cache holds, with short and long
/// prompts. How long it takes is forecast by the engine it starts from, and what would take too long is left out.
///
/// @param levels       in the order in which they are to be driven
/// @param forecast     how long they take on an engine of the profile it was made for
/// @param fillsKvCache whether the last of them is to overflow the KV cache
public record SweepPlan(List<SweepLevel> levels, Duration forecast, boolean fillsKvCache) {
    private static final List<Integer> PROMPTS = List.of(128, 512, 1024, 2048, 4096, 8192);
    private static final int SHORTEST_OUTPUT = 8;
    private static final double OVERFLOW = 1.4;
    private static final int MOST_OUTPUT = 1024;

    public SweepPlan {
        levels = List.copyOf(levels);
        Check.atLeast(1, levels.size(), "the number of levels");
    }

    /// Makes a sweep for a server that is thought to be as `profile` is.
    ///
    /// @param limit       how long it may take by the forecast; the first two levels are always there
    /// @param fillKvCache whether the size of the KV cache is to be found out
    public static SweepPlan of(EngineProfile profile, Seed seed, Duration limit, boolean fillKvCache) {
        SplittableRandom chance = seed.child("sweep").generator();
        var wanted = new ArrayList<SweepLevel>();
        wanted.add(level(profile, 1, 24, 24, chance));
        wanted.add(level(profile, 4, 16, 48, chance));
        wanted.add(level(profile, 16, 48, 64, chance));
        wanted.add(level(profile, 32, 64, 96, chance));
        wanted.add(level(profile, 64, 96, 128, chance));
        var levels = new ArrayList<SweepLevel>();
        long totalNanos = 0;
        SweepLevel overflow = overflow(profile, chance);
        long overflowNanos = fillKvCache ? nanosOf(profile, overflow) : Long.MAX_VALUE / 2;
        boolean fills = overflowNanos < limit.toNanos() * 3 / 4;
        long restNanos = limit.toNanos() - (fills ? overflowNanos : 0);
        for (SweepLevel level : wanted) {
            long nanos = level.concurrency() > profile.scheduler().maxNumSeqs() ? Long.MAX_VALUE / 2 : nanosOf(profile, level);
            if (levels.size() < 2 || totalNanos + nanos <= restNanos) {
                levels.add(level);
                totalNanos += nanosOf(profile, level);
            }
        }
        if (fills) {
            levels.add(overflow);
            totalNanos += overflowNanos;
        }
        return new SweepPlan(levels, Duration.ofNanos(totalNanos), fills);
    }

    /// How many requests it has.
    public int requests() {
        return levels.stream().mapToInt(level -> level.requests().size()).sum();
    }

    private static SweepLevel level(EngineProfile profile, int concurrency, int requests, int output, SplittableRandom chance) {
        int longest = longest(profile);
        int outputTokens = Math.clamp(output, 1, longest / 2);
        List<Integer> prompts = PROMPTS.stream().filter(prompt -> prompt + outputTokens <= longest).toList();
        List<Integer> usable = prompts.isEmpty() ? List.of(longest - outputTokens) : prompts;
        var lengths = new ArrayList<Lengths>();
        for (int i = 0; i < requests; i++) {
            int prompt = usable.get(i % usable.size());
            lengths.add(new Lengths(prompt, varied(outputTokens, chance)));
        }
        return new SweepLevel(concurrency + " at once", concurrency, lengths);
    }

    /// So many at once that they ask for nearly half as much KV cache again as there is, with answers long enough that the first still run when
    /// the last prompt is computed.
    private static SweepLevel overflow(EngineProfile profile, SplittableRandom chance) {
        int longest = longest(profile);
        double wantedTokens = OVERFLOW * profile.kvTokens();
        int seqs = profile.scheduler().maxNumSeqs();
        int prompt = (int) Math.clamp(wantedTokens / seqs, 128, Math.max(128, longest * 0.8));
        prompt = Math.max(prompt, Math.min(1024, (int) (longest * 0.8)));
        int concurrency = (int) Math.clamp(wantedTokens / prompt, 2, 4.0 * seqs);
        double chunks = (double) concurrency * prompt / profile.scheduler().maxNumBatchedTokens();
        int output = Math.clamp(Math.round(1.3 * chunks), Math.min(64, longest - prompt), Math.max(1, Math.min(MOST_OUTPUT, longest - prompt)));
        var lengths = new ArrayList<Lengths>();
        for (int i = 0; i < concurrency; i++) {
            lengths.add(new Lengths(prompt, varied(Math.max(1, output), chance)));
        }
        return new SweepLevel(concurrency + " at once, to fill the KV cache", concurrency, lengths);
    }

    private static int longest(EngineProfile profile) {
        return (int) Math.min(profile.scheduler().maxModelLen(), profile.kvTokens());
    }

    /// Between three quarters of it and all, so that sequences do not end in step.
    private static int varied(int output, SplittableRandom chance) {
        return output <= SHORTEST_OUTPUT ? output : output - chance.nextInt(output / 4 + 1);
    }

    private static long nanosOf(EngineProfile profile, SweepLevel level) {
        return level.forecast(profile).stream().mapToLong(ObservedRequest::lastTokenAtNanos).max().orElse(0);
    }
}
