package io.sagebench.benchmark.config;

import static io.sagebench.benchmark.config.MockFlags.*;

import io.sagebench.benchmark.Serving.EngineKind;
import io.sagebench.benchmark.Serving.MockEngineConfig;
import io.sagebench.benchmark.config.Given.Fields;
import io.sagebench.benchmark.config.Given.Form;
import io.sagebench.benchmark.config.Given.Items;
import io.sagebench.benchmark.config.Given.Scalar;
import io.sagebench.engine.fault.FailureInjection;
import io.sagebench.engine.fault.FaultError;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultReading;
import io.sagebench.engine.fault.FaultText;
import io.sagebench.live.server.MockEngineOptions;
import io.sagebench.live.server.MockEngineOptions.Answers;
import io.sagebench.live.server.MockEngineOptions.Lengths;
import io.sagebench.random.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// A mock engine while it is put together from options, environment and file, in this order: what is given first counts. Then it is checked once,
/// and every mistake is found.
public final class MockEngineDraft {
    private static final String VARIABLES = "SIM_";
    private static final int HIGHEST_PORT = 65_535;
    private static final int USUAL_PORT = 8_000;
    private static final int MEGABYTE = 1 << 20;
    private static final int USUAL_MEGABYTES = 8;
    private static final int MOST_MEGABYTES = 1_024;
    private static final int MOST_DIMENSIONS = 65_536;
    private static final long SEED_UNLESS_GIVEN = 42;

    private final Map<String, Given> given = new LinkedHashMap<>();
    private final Set<String> ignored = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /// Takes an option.
    ///
    /// @param name   without its dashes; one that begins with `no-` switches off what the rest names
    /// @param values as given, at least one unless the option is a switch
    public void option(String name, List<String> values) {
        var origin = new Origin.Option("--" + name);
        List<Given> scalars = values.stream().<Given>map(value -> new Scalar(origin, Form.UNTYPED, value)).toList();
        if (name.startsWith("no-")) {
            put(name.substring("no-".length()), new Scalar(origin, Form.UNTYPED, "false"));
        } else {
            put(name, scalars.size() == 1 ? scalars.getFirst() : new Items(origin, scalars));
        }
    }

    /// Takes what the environment says: `SIM_MODEL` is the model, and so with every flag. Empty variables say nothing.
    public void environment(Map<String, String> variables) {
        for (String flag : working()) {
            String variable = VARIABLES + flag.toUpperCase(Locale.ROOT).replace('-', '_');
            String value = variables.getOrDefault(variable, "");
            if (!value.isBlank()) {
                put(flag, new Scalar(new Origin.Environment(variable), Form.UNTYPED, value.strip()));
            }
        }
    }

    /// Takes what a file says, YAML or JSON with the flags' names as keys.
    public void file(Path path) {
        var kind = new GivenFile.Kind("a configuration file", "flags such as max-num-seqs: 5", "its keys are the options' names");
        GivenFile.read(path, kind, problems).map(Fields::fields).ifPresent(fields -> fields.forEach(this::put));
    }

    private void put(String name, Given value) {
        String flag = ALIASES.getOrDefault(name, name);
        Optional<String> wrong = problemWith(flag);
        if (wrong.isPresent()) {
            problems.add(value.origin().sentence(wrong.get()));
        } else if (IGNORED.contains(flag)) {
            ignored.add(flag);
        } else {
            given.putIfAbsent(flag, value);
        }
    }

    /// Checks all of it.
    public MockEngineChecked check() {
        var values = new FlagValues(given, problems);
        var choice = new EngineKindChoice(values, problems);
        Optional<EngineKind> engine = choice.engine();
        if (choice.ignoresPrefixCaching()) {
            ignored.add(PREFIX_CACHING);
        }
        String host = values.text(HOST).filter(text -> !text.isEmpty()).orElse("127.0.0.1");
        int port = values.whole(PORT, 0, HIGHEST_PORT).orElse(USUAL_PORT);
        int megabytes = values.whole(BODY_MEGABYTES, 1, MOST_MEGABYTES).orElse(USUAL_MEGABYTES);
        List<String> models = models(values, engine);
        FaultPlan faults = faults(values);
        FailureInjection failures = failures(values);
        long seed = values.any64BitNumber(SEED).orElse(SEED_UNLESS_GIVEN);
        MockEngineOptions options = options(values, engine, new Seed(seed));
        values.whole(DATA_PARALLEL, 1).filter(size -> size > 1).ifPresent(size -> values.problem(
                DATA_PARALLEL, "must be 1, but is " + size + ": start a mock engine for each rank, on its own port"));
        if (engine.isEmpty() || !problems.isEmpty()) {
            return new MockEngineChecked.Invalid(problems.stream().distinct().toList());
        }
        if (!ignored.isEmpty()) {
            notes.add("without effect here, as in llm-d-inference-sim: " + String.join(", ", ignored));
        }
        return new MockEngineChecked.Valid(
                new MockEngineConfig(host, port, megabytes * MEGABYTE, engine.get(), models, faults, failures, options, seed),
                notes);
    }

    private static List<String> models(FlagValues values, Optional<EngineKind> engine) {
        List<String> served = values.texts(SERVED_NAMES);
        if (!served.isEmpty()) {
            return served;
        }
        List<String> usual = engine.map(MockEngineDraft::modelsOf).orElse(List.of("mock-model"));
        return values.text(MODEL).filter(text -> !text.isEmpty()).map(List::of).orElse(usual);
    }

    private static List<String> modelsOf(EngineKind engine) {
        return switch (engine) {
            case EngineKind.Stepwise(var profile) -> List.of(profile.model());
            case EngineKind.Embeddings(var profile) -> List.of(profile.model());
            case EngineKind.SeveralModels(var profile) -> List.copyOf(profile.models());
            case EngineKind.WithLatencies _ -> List.of("mock-model");
        };
    }

    private static FaultPlan faults(FlagValues values) {
        return switch (FaultText.plan(values.lines(FAULTS))) {
            case FaultReading.Read(FaultPlan plan) -> {
                if (plan.namesEngines()) {
                    values.problem(FAULTS, "must not name an engine, because there is only one here");
                }
                yield plan;
            }
            case FaultReading.Wrong(List<String> wrong) -> {
                wrong.forEach(problem -> values.sentence(FAULTS, problem));
                yield FaultPlan.NONE;
            }
        };
    }

    private static FailureInjection failures(FlagValues values) {
        double percent = values.number(FAILURE_RATE, 0, 100).orElse(0.0);
        var errors = new ArrayList<FaultError>();
        for (String name : values.texts(FAILURE_TYPES)) {
            List<String> names = FaultError.NAMED.stream().map(FaultError::name).toList();
            FaultError.named(name).ifPresentOrElse(
                    errors::add,
                    () -> values.problem(
                            FAILURE_TYPES,
                            "must be of " + String.join(", ", names) + ", but has '" + name + "'" + DidYouMean.hint(names, name)));
        }
        return new FailureInjection(percent, errors.isEmpty() ? FaultError.NAMED : errors);
    }

    /// Answers are as long as those of llm-d-inference-sim where the latencies are its own, too.
    private static MockEngineOptions options(FlagValues values, Optional<EngineKind> engine, Seed seed) {
        MockEngineOptions usual = MockEngineOptions.DEFAULT;
        boolean isStepwise = engine.isEmpty() || !(engine.get() instanceof EngineKind.WithLatencies);
        int usualDimensions = engine.isPresent() && engine.get() instanceof EngineKind.Embeddings(var profile)
                ? profile.dimensions()
                : usual.embeddingDimensions();
        Optional<Integer> waiting = isStepwise ? values.whole(WAITING, 0) : Optional.empty();
        return new MockEngineOptions(
                choice(values, MODE, Map.of("random", Answers.WORDS, "echo", Answers.ECHO)).orElse(usual.answers()),
                choice(values, LENGTHS, Map.of("full", Lengths.FULL, "sampled", Lengths.SAMPLED))
                        .orElse(isStepwise ? Lengths.FULL : Lengths.SAMPLED),
                waiting.isPresent() ? OptionalInt.of(waiting.get()) : OptionalInt.empty(),
                values.whole(DIMENSIONS, 1, MOST_DIMENSIONS).orElse(usualDimensions),
                values.time(STARTUP).orElse(Duration.ZERO),
                values.flag(SLEEP_MODE).orElse(usual.sleepMode()),
                values.flag(REQUEST_ID_HEADERS).orElse(usual.requestIdHeaders()),
                seed.child("answers"));
    }

    static <T> Optional<T> choice(FlagValues values, String flag, Map<String, T> choices) {
        return values.text(flag).flatMap(text -> Optional.ofNullable(choices.get(text)).or(() ->
                values.wrong(flag, "one of " + String.join(", ", choices.keySet().stream().sorted().toList()))));
    }
}
