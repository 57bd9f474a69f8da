package io.sagebench.benchmark.config;

import static io.sagebench.benchmark.config.MockFlags.*;

import io.sagebench.benchmark.DefaultFleet;
import io.sagebench.benchmark.Serving.EngineKind;
import io.sagebench.engine.latency.Latencies;
import io.sagebench.engine.latency.LatencyFlags;
import io.sagebench.engine.latency.LatencyProfile;
import io.sagebench.engine.latency.LatencyReading;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfile.Order;
import io.sagebench.engine.sim.EngineProfile.Scheduler;
import io.sagebench.engine.sim.EngineProfile.Speculation;
import io.sagebench.engine.sim.embedding.EmbeddingProfiles;
import io.sagebench.engine.sim.multimodel.MultiModelProfile;
import io.sagebench.engine.sim.multimodel.MultiModelProfiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which engine is behind the port: one with given latencies when any latency is given, else one that takes the steps of a profile.
final class EngineKindChoice {
    private static final List<Integer> LLM_D_BLOCK_SIZES = List.of(8, 16, 32, 64, 128);

    private final FlagValues values;
    private final List<Problem> problems;
    private final List<String> latencyFlags;

    EngineKindChoice(FlagValues values, List<Problem> problems) {
        this.values = values;
        this.problems = problems;
        this.latencyFlags = LatencyFlags.NAMES.stream().filter(values::has).toList();
    }

    /// Whether the flag is given where it does nothing.
    boolean ignoresPrefixCaching() {
        return hasLatencies() && values.has(PREFIX_CACHING);
    }

    private boolean hasLatencies() {
        return !latencyFlags.isEmpty();
    }

    /// The engine; nothing when it cannot be, of which the problems tell.
    Optional<EngineKind> engine() {
        if (!hasLatencies()) {
            return stepwise();
        }
        if (values.has(PROFILE)) {
            values.problem(
                    PROFILE,
                    "cannot be given together with --" + latencyFlags.getFirst()
                            + ": a profile computes latencies step by step; leave one of them out");
        }
        STEPWISE_ONLY.stream().filter(values::has).forEach(flag -> values.problem(
                flag, "has no effect on given latencies (--" + latencyFlags.getFirst() + "); it is for engines with a --profile"));
        return withLatencies();
    }

    private Optional<EngineKind> withLatencies() {
        Optional<Latencies> latencies = latencies();
        LatencyProfile usual = LatencyProfile.DEFAULT;
        var profile = new LatencyProfile(
                values.whole(SEQUENCES, 1).orElse(usual.maxNumSeqs()),
                values.whole(WAITING, 0).orElse(usual.maxWaiting()),
                values.whole(MODEL_LENGTH, 2).orElse(usual.maxModelLen()),
                cache());
        return latencies.map(times -> new EngineKind.WithLatencies(profile, times));
    }

    private Optional<Latencies> latencies() {
        Map<String, String> texts = latencyFlags.stream()
                .collect(Collectors.toMap(Function.identity(), flag -> values.text(flag).orElse("")));
        return switch (LatencyFlags.changed(Latencies.NONE, texts)) {
            case LatencyReading.Read(Latencies latencies) -> Optional.of(latencies);
            case LatencyReading.Wrong(List<LatencyReading.Problem> wrong) -> {
                wrong.forEach(problem -> values.problem(problem.flag(), problem.message()));
                yield Optional.empty();
            }
        };
    }

    private Optional<LatencyProfile.Cache> cache() {
        LatencyProfile.Cache usual = LatencyProfile.Cache.DEFAULT;
        int blocks = values.whole(KV_CACHE_SIZE, 1).orElse(usual.blocks());
        int blockSize = values.whole(BLOCK_SIZE, 1)
                .filter(size -> LLM_D_BLOCK_SIZES.contains(size)
                        || values.wrong(BLOCK_SIZE, "one of 8, 16, 32, 64, 128").isPresent())
                .orElse(usual.blockSize());
        return values.flag(KV_CACHE).orElse(false)
                ? Optional.of(new LatencyProfile.Cache(blocks, blockSize))
                : Optional.empty();
    }

    private Optional<EngineKind> stepwise() {
        if (values.has(KV_CACHE_SIZE)) {
            values.problem(KV_CACHE_SIZE, "is for given latencies; the blocks of a --profile are set with --" + BLOCKS);
        }
        String name = values.text(PROFILE).filter(text -> !text.isEmpty()).orElse(DefaultFleet.PROFILE);
        return EmbeddingProfiles.named(name)
                .<EngineKind>map(EngineKind.Embeddings::new)
                .or(() -> MultiModelProfiles.named(name).map(this::severalModels))
                .map(kind -> withoutFlagsOfGeneration(kind, name))
                .or(() -> stepwise(name));
    }

    private EngineKind severalModels(MultiModelProfile profile) {
        for (String flag : List.of(MODEL, SERVED_NAMES)) {
            if (values.has(flag)) {
                values.problem(
                        flag,
                        "cannot be given with --" + PROFILE + " " + profile.name() + ", whose models are "
                                + String.join(", ", profile.models()));
            }
        }
        return new EngineKind.SeveralModels(profile);
    }

    private EngineKind withoutFlagsOfGeneration(EngineKind kind, String name) {
        Stream.concat(STEPWISE_ONLY.stream(), GENERATION_ONLY.stream()).filter(values::has).forEach(flag -> values.problem(
                flag, "has no effect with --" + PROFILE + " " + name + "; it is for engines of one model that generates"));
        return kind;
    }

    private Optional<EngineKind> stepwise(String name) {
        return switch (ProfileSource.resolve(name)) {
            case ProfileSource.Resolved.Usable(EngineProfile profile) -> Optional.of(new EngineKind.Stepwise(changed(profile)));
            case ProfileSource.Resolved.Unknown(String message) -> {
                values.sentence(PROFILE, message);
                yield Optional.empty();
            }
            case ProfileSource.Resolved.Invalid(List<Problem> wrong) -> {
                problems.addAll(wrong);
                yield Optional.empty();
            }
        };
    }

    private EngineProfile changed(EngineProfile profile) {
        Scheduler usual = profile.scheduler();
        int sequences = values.whole(SEQUENCES, 1).orElse(usual.maxNumSeqs());
        int batchedTokens = values.whole(BATCHED_TOKENS, 1).orElse(Math.max(sequences, usual.maxNumBatchedTokens()));
        if (batchedTokens < sequences) {
            values.problem(BATCHED_TOKENS, "must be at least --" + SEQUENCES + ", which is " + sequences + ", but is " + batchedTokens);
            batchedTokens = sequences;
        }
        int blockSize = values.whole(BLOCK_SIZE, 1).orElse(usual.blockSize());
        int usualBlocks = Math.max(1, Math.toIntExact(Math.min(Integer.MAX_VALUE, profile.kvTokens() / blockSize)));
        Optional<Boolean> caching = values.flag(PREFIX_CACHING).or(() -> values.flag(KV_CACHE));
        var scheduler = new Scheduler(
                sequences,
                batchedTokens,
                modelLength(usual, blockSize, values.whole(BLOCKS, 1).orElse(usualBlocks)),
                blockSize,
                MockEngineDraft.choice(values, SCHEDULING, Map.of("fcfs", Order.FCFS, "priority", Order.PRIORITY))
                        .orElse(usual.order()),
                caching.orElse(usual.prefixCaching()),
                usual.reserveFullSequence(),
                usual.longPrefillTokenThreshold());
        return new EngineProfile(
                profile.name(),
                profile.model(),
                profile.stepTime(),
                scheduler,
                values.whole(BLOCKS, 1).orElse(usualBlocks),
                profile.overhead(),
                speculation().or(profile::speculation),
                values.number(NOISE, 0, EngineProfile.MAX_NOISE_SIGMA).orElse(profile.noiseSigma()));
    }

    /// The longest request, at most what the KV cache holds.
    private int modelLength(Scheduler usual, int blockSize, int blocks) {
        int most = (int) Math.min(Integer.MAX_VALUE, (long) blockSize * blocks);
        Optional<Integer> given = values.whole(MODEL_LENGTH, 2);
        given.filter(length -> length > most).ifPresent(length -> values.problem(
                MODEL_LENGTH,
                "must be at most " + most + ", which is what " + blocks + " blocks of " + blockSize + " tokens hold, but is " + length));
        return Math.max(2, Math.min(most, given.orElse(usual.maxModelLen())));
    }

    private Optional<Speculation> speculation() {
        if (values.has(SPECULATIVE_TOKENS) != values.has(SPECULATIVE_ACCEPTANCE)) {
            boolean hasTokens = values.has(SPECULATIVE_TOKENS);
            String one = hasTokens ? SPECULATIVE_TOKENS : SPECULATIVE_ACCEPTANCE;
            values.problem(one, "needs --" + (hasTokens ? SPECULATIVE_ACCEPTANCE : SPECULATIVE_TOKENS) + " as well");
        }
        Optional<Integer> tokens = values.whole(SPECULATIVE_TOKENS, 1, 100);
        Optional<Double> acceptance = values.number(SPECULATIVE_ACCEPTANCE, 0, 1);
        return tokens.isPresent() && acceptance.isPresent()
                ? Optional.of(new Speculation(tokens.get(), acceptance.get()))
                : Optional.empty();
    }
}
