package io.sagebench.benchmark.config;

import io.sagebench.benchmark.config.Given.Fields;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfile.Order;
import io.sagebench.engine.sim.EngineProfile.Overhead;
import io.sagebench.engine.sim.EngineProfile.Scheduler;
import io.sagebench.engine.sim.EngineProfile.Speculation;
import io.sagebench.engine.sim.HardwareRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads an engine profile from a file, and finds every mistake in it.
final class EngineProfileFile {
    static final List<String> KEYS = List.of(
            "name", "model", "derive", "model_shape", "gpu", "step_time", "scheduler", "num_gpu_blocks", "overhead", "speculation",
            "noise_sigma");
    static final List<String> SCHEDULER = List.of(
            "max_num_seqs", "max_num_batched_tokens", "max_model_len", "block_size", "scheduling_policy", "enable_prefix_caching",
            "scheduler_reserve_full_isl", "long_prefill_token_threshold");
    static final List<String> OVERHEAD = List.of("api_ms", "token_delay_ms");
    static final List<String> SPECULATION = List.of("num_speculative_tokens", "acceptance");

    private static final GivenFile.Kind KIND = new GivenFile.Kind(
            "an engine profile",
            "keys such as derive: {model: llama3-8b, gpu: a100}",
            "'sage-bench profiles NAME' prints one to start from");
    private static final int USUAL_SEQS = 256;
    private static final int USUAL_TOKENS = 2048;
    private static final int USUAL_BLOCK = 16;
    private static final double USUAL_API_MILLIS = 5;
    private static final double USUAL_TOKEN_MILLIS = 0.05;

    private final Path path;
    private final FieldGroup file;
    private final List<Problem> problems;

    private EngineProfileFile(Path path, FieldGroup file, List<Problem> problems) {
        this.path = path;
        this.file = file;
        this.problems = problems;
    }

    /// The profile in the file; absent when there is any problem, which is then added to `problems`.
    static Optional<EngineProfile> read(Path path, List<Problem> problems) {
        var found = new ArrayList<Problem>();
        Optional<Fields> fields = GivenFile.read(path, KIND, found);
        Optional<EngineProfile> profile = fields.flatMap(all ->
                new EngineProfileFile(path, FieldGroup.ofFile(all, KEYS, found), found).profile());
        found.stream().distinct().forEach(problems::add);
        return found.isEmpty() ? profile : Optional.empty();
    }

    private Optional<EngineProfile> profile() {
        Optional<HardwareRules> rules = new DerivedFrom(file).rules();
        boolean isDerived = file.has("derive") || file.has("model_shape") || file.has("gpu");
        String name = file.text("name", "a name").orElseGet(this::nameOfFile);
        Optional<String> model = file.text("model", "the name of a model").or(() -> rules.map(known -> known.model().name()));
        if (!isDerived) {
            file.require("model", "it is the name the engine answers to");
        }
        var stepTime = new StepTimeFields(file, problems).read(rules.map(HardwareRules::stepTime), isDerived);
        Optional<SchedulerAndCache> scheduler = scheduler(rules, isDerived);
        Overhead overhead = overhead();
        Optional<Speculation> speculation = speculation();
        double noise = file.number("noise_sigma", 0, EngineProfile.MAX_NOISE_SIGMA, "from 0 to " + (int) EngineProfile.MAX_NOISE_SIGMA)
                .orElse(0);
        if (!problems.isEmpty() || model.isEmpty() || stepTime.isEmpty() || scheduler.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new EngineProfile(
                name, model.get(), stepTime.get(), scheduler.get().scheduler(), scheduler.get().kvBlocks(), overhead, speculation, noise));
    }

    private String nameOfFile() {
        Path last = path.getFileName();
        return last == null ? "profile" : last.toString().replaceFirst("\\.[^.]*$", "");
    }

    private record SchedulerAndCache(Scheduler scheduler, int kvBlocks) {}

    private Optional<SchedulerAndCache> scheduler(Optional<HardwareRules> rules, boolean isDerived) {
        Optional<FieldGroup> group = file.group("scheduler", SCHEDULER);
        int seqs = whole(group, "max_num_seqs", 1).orElse(USUAL_SEQS);
        OptionalInt tokens = whole(group, "max_num_batched_tokens", 1);
        if (tokens.isPresent() && tokens.getAsInt() < seqs) {
            group.orElseThrow().wrong("max_num_batched_tokens", "must be at least max_num_seqs, which is " + seqs
                    + ": each sequence takes a token of a step; but is " + tokens.getAsInt());
        }
        int blockSize = whole(group, "block_size", 1).orElse(USUAL_BLOCK);
        OptionalInt blocks = file.whole("num_gpu_blocks", 1);
        OptionalInt longest = whole(group, "max_model_len", 2);
        if (!isDerived) {
            file.require("num_gpu_blocks", "the size of the KV cache is needed without 'derive'");
            group.ifPresentOrElse(
                    given -> given.require("max_model_len", "the longest request is needed without 'derive'"),
                    () -> file.require("scheduler", "max_model_len in it is needed without 'derive'"));
        }
        boolean hasRoom = blocks.isPresent() || rules.isPresent();
        int kvBlocks = blocks.orElseGet(() -> rules.map(known -> known.kvBlocks(blockSize)).orElse(1));
        long kvTokens = (long) kvBlocks * blockSize;
        if (longest.isPresent() && hasRoom && longest.getAsInt() > kvTokens) {
            group.orElseThrow().wrong("max_model_len", "must be at most " + kvTokens + ", which is what " + kvBlocks + " blocks of " + blockSize
                    + " tokens hold, but is " + longest.getAsInt());
        }
        boolean prefixes = group.flatMap(given -> given.flag("enable_prefix_caching")).orElse(true);
        boolean whole = group.flatMap(given -> given.flag("scheduler_reserve_full_isl")).orElse(true);
        int threshold = whole(group, "long_prefill_token_threshold", 0).orElse(0);
        Order order = group.flatMap(this::order).orElse(Order.FCFS);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        int maxModelLen = longest.orElseGet(() -> (int) Math.min(kvTokens, rules.orElseThrow().model().maxModelLen()));
        var scheduler = new Scheduler(
                seqs, tokens.orElse(Math.max(seqs, USUAL_TOKENS)), maxModelLen, blockSize, order, prefixes, whole, threshold);
        return Optional.of(new SchedulerAndCache(scheduler, kvBlocks));
    }

    private Optional<Order> order(FieldGroup group) {
        var names = new ArrayList<String>();
        Optional<String> given = group.text("scheduling_policy", "fcfs or priority");
        for (Order order : Order.values()) {
            String name = order.name().toLowerCase(Locale.ROOT);
            names.add(name);
            if (given.isPresent() && given.get().equals(name)) {
                return Optional.of(order);
            }
        }
        given.ifPresent(name -> group.wrong(
                "scheduling_policy", "must be " + String.join(" or ", names) + ", but is '" + name + "'" + DidYouMean.hint(names, name)));
        return Optional.empty();
    }

    private Overhead overhead() {
        Optional<FieldGroup> group = file.group("overhead", OVERHEAD);
        return new Overhead(nanos(group, "api_ms", USUAL_API_MILLIS), nanos(group, "token_delay_ms", USUAL_TOKEN_MILLIS));
    }

    private static long nanos(Optional<FieldGroup> group, String key, double usualMillis) {
        double millis = group.map(given -> given.number(key, 0, 1e9, "at least 0").orElse(usualMillis)).orElse(usualMillis);
        return Math.round(millis * 1e6);
    }

    private Optional<Speculation> speculation() {
        Optional<FieldGroup> group = file.group("speculation", SPECULATION);
        if (group.isEmpty()) {
            return Optional.empty();
        }
        group.get().require("num_speculative_tokens", "it says how many tokens are guessed ahead");
        group.get().require("acceptance", "it is the chance, from 0 to 1, that a guess is right");
        OptionalInt tokens = group.get().whole("num_speculative_tokens", 1);
        var acceptance = group.get().number("acceptance", 0, 1, "from 0 to 1");
        return tokens.isPresent() && acceptance.isPresent()
                ? Optional.of(new Speculation(tokens.getAsInt(), acceptance.getAsDouble()))
                : Optional.empty();
    }

    private static OptionalInt whole(Optional<FieldGroup> group, String key, int least) {
        return group.map(given -> given.whole(key, least)).orElse(OptionalInt.empty());
    }
}
