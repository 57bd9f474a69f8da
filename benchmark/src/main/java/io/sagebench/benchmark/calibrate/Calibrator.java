package io.sagebench.benchmark.calibrate;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.calibrate.CalibrationOrder.Source;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfile.Scheduler;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.Gpu;
import io.sagebench.engine.sim.HardwareRules;
import io.sagebench.engine.sim.ModelShape;
import io.sagebench.engine.sim.calibration.Calibration;
import io.sagebench.engine.sim.calibration.CalibrationResult;
import io.sagebench.engine.sim.calibration.Fitted;
import io.sagebench.engine.sim.calibration.LoadLevel;
import io.sagebench.engine.sim.calibration.ObservedRequest;
import io.sagebench.engine.sim.calibration.SeveralFits;
import io.sagebench.engine.sim.calibration.SweepPlan;
import io.sagebench.live.client.EngineFacts;
import io.sagebench.random.Seed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Measures a server or reads a log, and fits a profile to what it finds. Blocks.
public final class Calibrator {
    private static final int FEWEST_REQUESTS = 16;
    private static final int FEW_LEVELS = 3;
    private static final int SEARCHES = 3;
    private static final double FAR_OFF = 2;
    private static final String USUAL_START = "llama3-8b-a100";

    private final Consumer<String> progress;
    private final List<String> notes = new ArrayList<>();

    /// @param progress is told what goes on, a line at a time, on the caller's thread
    public Calibrator(Consumer<String> progress) {
        this.progress = progress;
    }

    /// Does it.
    public CalibrationOutcome calibrate(CalibrationOrder order) {
        return switch (order.source()) {
            case Source.Server server -> ofServer(order, server);
            case Source.Log(var file) -> switch (RequestLog.read(file)) {
                case RequestLog.Reading.Unreadable(List<String> problems) -> new CalibrationOutcome.Failed(problems);
                case RequestLog.Reading.Read(List<LoadLevel> levels, List<String> said) -> {
                    notes.addAll(said);
                    yield fit(order, start(order, ""), levels, OptionalInt.empty(), file.toString());
                }
            };
        };
    }

    private CalibrationOutcome ofServer(CalibrationOrder order, Source.Server server) {
        Optional<String> key = server.apiKey().map(ApiKey::reveal);
        EngineFacts facts;
        try {
            facts = EngineFacts.ask(server.url(), key, server.trust());
        } catch (IOException notThere) {
            return new CalibrationOutcome.Failed(List.of(String.valueOf(notThere.getMessage())));
        }
        String model = server.model().orElse(facts.models().getFirst());
        EngineProfile start = informed(start(order, model), model, facts);
        facts.kvBlocks().ifPresent(blocks ->
                notes.add("The server says that it has " + blocks + " KV blocks (/metrics), so that is not fitted."));
        var seed = new Seed(order.seed());
        SweepPlan plan = SweepPlan.of(start, seed, order.limit(), facts.kvBlocks().isEmpty());
        progress.accept(String.format(
                Locale.ROOT,
                "measuring %s at %s: %d requests, about %d s if it is as fast as %s",
                model, server.url(), plan.requests(), Math.max(1, plan.forecast().toSeconds()), start.name()));
        if (facts.kvBlocks().isEmpty() && !plan.fillsKvCache()) {
            notes.add("Filling the KV cache would take too long for --time-limit, and the server does not tell its size: it is not determined.");
        }
        Swept swept;
        try (var sweep = new LiveSweep(server, model, seed)) {
            swept = sweep.run(plan, progress);
        }
        List<String> failures = swept.failures();
        if (swept.givenUp()) {
            return new CalibrationOutcome.Failed(List.of(failures.size() + " of " + swept.ended().size() + " requests to " + server.url()
                    + " failed, the first with: " + failures.getFirst()));
        }
        if (!failures.isEmpty()) {
            notes.add(failures.size() + " requests failed and were left out, the first with: " + failures.getFirst());
        }
        notes.addAll(swept.notes());
        return fit(order, start, LoadLevel.cut(swept.observed()), facts.kvBlocks(), server.url() + ", model " + model);
    }

    private EngineProfile start(CalibrationOrder order, String model) {
        return order.start().orElseGet(() -> {
            EngineProfile guess = guess(model).orElseGet(() -> EngineProfiles.named(USUAL_START).orElseThrow());
            notes.add("Started from " + guess.name() + (model.isEmpty() ? "" : ", a guess by the model's name")
                    + "; --start-from takes one that is nearer.");
            return guess;
        });
    }

    /// A known model whose name is in this one, on as many A100 as it needs.
    static Optional<EngineProfile> guess(String model) {
        String plain = plain(model);
        return ModelShape.known().stream()
                .filter(shape -> plain.contains(plain(shape.name())))
                .max(Comparator.comparingInt(shape -> shape.name().length()))
                .flatMap(shape -> Stream.of(1, 2, 4, 8)
                        .filter(gpus -> shape.attention().heads() % gpus == 0)
                        .map(gpus -> new HardwareRules(shape, Gpu.named("a100").orElseThrow(), gpus))
                        .filter(rules -> rules.misfit().isEmpty())
                        .findFirst())
                .map(HardwareRules::profile);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
    }

    /// The profile with what the server says of itself.
    private static EngineProfile informed(EngineProfile start, String model, EngineFacts facts) {
        Scheduler usual = start.scheduler();
        int blockSize = facts.blockSize().orElse(usual.blockSize());
        int blocks = facts.kvBlocks().orElse((int) Math.max(1, start.kvTokens() / blockSize));
        int longest = (int) Math.min(facts.maxModelLen().orElse(usual.maxModelLen()), (long) blocks * blockSize);
        var scheduler = new Scheduler(
                usual.maxNumSeqs(), usual.maxNumBatchedTokens(), longest, blockSize, usual.order(), usual.prefixCaching(),
                usual.reserveFullSequence(), usual.longPrefillTokenThreshold());
        return new EngineProfile(
                start.name(), model, start.stepTime(), scheduler, blocks, start.overhead(), start.speculation(), start.noiseSigma());
    }

    private CalibrationOutcome fit(
            CalibrationOrder order, EngineProfile start, List<LoadLevel> levels, OptionalInt kvBlocks, String source) {
        int requests = levels.stream().mapToInt(level -> level.requests().size()).sum();
        if (requests < FEWEST_REQUESTS) {
            return new CalibrationOutcome.Failed(List.of(source + ": has only " + requests + " requests that can be used; "
                    + FEWEST_REQUESTS + " are the least to fit to"));
        }
        long longest = levels.stream()
                .flatMap(level -> level.requests().stream())
                .mapToLong(ObservedRequest::totalTokens)
                .max()
                .orElseThrow();
        EngineProfile able = longest <= start.scheduler().maxModelLen() ? start : withLongest(start, longest);
        if (levels.size() < FEW_LEVELS) {
            notes.add("There are only " + levels.size() + " stretches of load with idle time between them. Very different constants may fit these equally well:"
                    + " trust the fit for such load, and measure at several loads to know the constants.");
        }
        CalibrationResult result = search(able, levels, kvBlocks, new Seed(order.seed()));
        notes.add("Not fitted and as in " + start.name() + ": max_num_seqs " + able.scheduler().maxNumSeqs() + ", max_num_batched_tokens "
                + able.scheduler().maxNumBatchedTokens() + ". Set them in the profile as they are on the server.");
        result.fitted().stream().filter(Calibrator::isFarOff).forEach(fitted -> notes.add(fitted.parameter().wireName()
                + " came out far from where it started: the starting profile may be of another model or card, or the load tells little of it."));
        return new CalibrationOutcome.Fitted(result, source, notes);
    }

    /// One search where the load has several levels; else several, since each may end elsewhere and be sure of it.
    private CalibrationResult search(EngineProfile start, List<LoadLevel> levels, OptionalInt kvBlocks, Seed seed) {
        if (levels.size() >= FEW_LEVELS) {
            return new Calibration(start, levels, kvBlocks, seed, progress).fit();
        }
        var found = new ArrayList<CalibrationResult>();
        for (int number = 1; number <= SEARCHES; number++) {
            String which = "search " + number + " of " + SEARCHES + ": ";
            found.add(new Calibration(start, levels, kvBlocks, seed.child(number), what -> progress.accept(which + what)).fit());
        }
        return SeveralFits.best(found);
    }

    private static boolean isFarOff(Fitted fitted) {
        double times = fitted.value() / fitted.start();
        return switch (fitted.parameter()) {
            case GEMM, KV_ATTENTION, PREFILL_ATTENTION -> times > FAR_OFF || times < 1 / FAR_OFF;
            case STEP, API, KV_BLOCKS -> false;
        };
    }

    private EngineProfile withLongest(EngineProfile start, long longest) {
        Scheduler usual = start.scheduler();
        notes.add("A request has " + longest + " tokens, more than the max_model_len " + usual.maxModelLen()
                + " of the starting profile; it was raised.");
        return start.with(new Scheduler(
                usual.maxNumSeqs(), usual.maxNumBatchedTokens(), Math.toIntExact(longest), usual.blockSize(), usual.order(),
                usual.prefixCaching(), usual.reserveFullSequence(), usual.longPrefillTokenThreshold()));
    }
}
