package io.sagebench.benchmark.config;

import io.sagebench.benchmark.AskedModels;
import io.sagebench.benchmark.Benchmark;
import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.BenchmarkConfig.ClientConfig;
import io.sagebench.benchmark.BenchmarkConfig.LeftOut;
import io.sagebench.benchmark.BenchmarkConfig.MeasuringConfig;
import io.sagebench.benchmark.BenchmarkConfig.PolicySelection;
import io.sagebench.benchmark.Target;
import io.sagebench.benchmark.config.Given.Form;
import io.sagebench.benchmark.config.Given.Scalar;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.policy.Policies;
import io.sagebench.workload.WorkloadPlan;
import io.sagebench.workload.WorkloadSpec.Load;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A configuration while it is put together from options, environment and file, in this order: what is given first counts. Then it is
/// checked once, and every mistake is found.
public final class ConfigDraft {
    private static final int MOST_REPEATS = 10_000;

    private static final String API_KEY = "SAGE_API_KEY";
    private static final Map<String, Setting> VARIABLES = Map.of(
            "SAGE_CONTROL_PLANE_URL", Setting.CONTROL_PLANE_URL,
            "SAGE_BENCHMARK_OUTPUT", Setting.OUTPUT_DIR,
            "SAGE_CA_FILE", Setting.CA_FILE);

    private final Collection<String> knownPolicies;
    private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
    private final List<Problem> problems = new ArrayList<>();
    private final PolicyParameterTexts parameters;
    private Optional<ApiKey> apiKey = Optional.empty();
    private DataPlaces places = new DataPlaces(Optional.empty());

    /// @param knownPolicies names of the policies there are
    public ConfigDraft(Collection<String> knownPolicies) {
        this.knownPolicies = List.copyOf(knownPolicies);
        this.parameters = new PolicyParameterTexts(Policies.installed(), problems);
    }

    /// Takes an option.
    ///
    /// @param name  as the user knows it, for example `--rate`
    /// @param value as given; lists are `a,b`, maps `a=1,b=2`, ranges `1-2`; null when it was not given
    public void option(Setting setting, String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        new OptionText(new Origin.Option(name), problems).read(setting.shape(), value).ifPresent(read -> put(setting, read));
    }

    /// Takes `NAME=VALUE` or `POLICY.NAME=VALUE`: a parameter of the policies measured that have it, or of that one.
    public void policyParameter(String text) {
        parameters.take(text);
    }

    /// Takes the deadlines of an option, `HIGH=500,EMBEDDING_LOW=500,TTFT=200` in milliseconds.
    public void deadlines(String name, String value) {
        var origin = new Origin.Option(name);
        new OptionText(origin, problems).map(value).orElse(Map.of()).forEach((priority, deadline) -> {
            Optional<Setting> setting = Setting.deadlineNamed(priority);
            if (setting.isPresent()) {
                put(setting.get(), deadline);
            } else {
                problems.add(origin.sentence(WorkloadChoice.unknownDeadline(priority)));
            }
        });
    }

    /// Takes what a command does when nothing is said, where that is not what others do. Comes after all that is given.
    ///
    /// @param value as an option would have it
    public void otherwise(Setting setting, String value) {
        new OptionText(new Origin.Usual(setting.key()), problems).read(setting.shape(), value).ifPresent(usual -> put(setting, usual));
    }

    /// Whether a setting was given by an option.
    public boolean isOption(Setting setting) {
        Given value = given.get(setting);
        return value != null && value.origin() instanceof Origin.Option;
    }

    /// Reads numbers such as `10,50,100`, each once.
    ///
    /// @param name     of the option
    /// @param expected what each must be, for example `above 0 requests/s`
    public List<Double> numbers(String name, String value, String expected, DoublePredicate condition) {
        return new NumberList(name, problems).read(value, expected, condition);
    }

    /// A number such as `0.99`.
    ///
    /// @param expected what it must be
    public Optional<Double> number(String name, String value, String expected, DoublePredicate condition) {
        return numbers(name, value, expected, condition).stream().findFirst();
    }

    /// A mistake that only the command can know of.
    public void problem(String name, String message) {
        problems.add(new Problem(name, message));
    }

    /// Takes what a Java program says.
    ///
    /// @param key   of the setting in a file
    /// @param value see [FieldValue]
    public void field(String key, Object value) {
        var origin = new Origin.Field(key);
        Optional<Setting> setting = Setting.named(key);
        if (setting.isPresent()) {
            new FieldValue(origin, problems).read(setting.get(), value).ifPresent(given -> put(setting.get(), given));
        } else {
            problems.add(origin.sentence("there is no such setting" + DidYouMean.hint(Arrays.stream(Setting.values()).map(Setting::key).toList(), key)));
        }
    }

    /// Takes the secret that is sent to servers.
    public void apiKey(String secret) {
        apiKey = apiKey(secret, Map.of(), problems);
    }

    /// The secret of the option, else of the environment.
    ///
    /// @param problems gets what is wrong with it, which never shows it
    public static Optional<ApiKey> apiKey(
            @Nullable String option, Map<String, String> environment, List<Problem> problems) {
        String variable = environment.getOrDefault(API_KEY, "");
        if (option == null && variable.isEmpty()) {
            return Optional.empty();
        }
        String secret = option == null ? variable : option;
        if (secret.isEmpty() || !secret.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            problems.add(new Problem(option == null ? API_KEY : "--api-key", "must be visible ASCII characters without spaces"));
            return Optional.empty();
        }
        return Optional.of(new ApiKey(secret));
    }

    /// Takes what the environment says; empty variables say nothing.
    public void environment(Map<String, String> variables) {
        VARIABLES.forEach((variable, setting) -> {
            String value = variables.getOrDefault(variable, "");
            if (!value.isBlank()) {
                put(setting, new Scalar(new Origin.Environment(variable), Form.UNTYPED, value.strip()));
            }
        });
        if (apiKey.isEmpty()) {
            apiKey = apiKey(null, variables, problems);
        }
        places = DataPlaces.of(variables, problems);
    }

    /// Takes what a file says.
    public void file(Path path) {
        ConfigFile.read(path, problems).forEach(this::put);
    }

    /// Takes a workload, for what nothing before it has said.
    public void workload(WorkloadFile.Workload workload) {
        workload.settings().forEach(this::put);
    }

    /// Takes the workload that was asked for by name or file.
    private void takeNamedWorkload(Values values) {
        values.text(Setting.WORKLOAD).ifPresent(name -> {
            var read = new ArrayList<Problem>();
            new WorkloadChoice.Named(places, values).find(name, read).ifPresent(this::workload);
            problems.addAll(read);
        });
    }

    private void put(Setting setting, Given value) {
        given.putIfAbsent(setting, value);
    }

    /// Checks all of it.
    public Checked check(PolicyChoice.HowMany howMany) {
        var values = new Values(given, problems);
        takeNamedWorkload(values);
        var notes = new ArrayList<String>();
        var wanted = new TargetChoice(values).target();
        var policyChoice = new PolicyChoice(values, knownPolicies);
        var policies = policyChoice.policies(howMany);
        var policyParameters = parameters.isEmpty() ? Map.<String, Map<String, String>>of() : parameters.of(policies);
        var workload = new WorkloadChoice(values, new LoadChoice(values, notes), new DatasetChoice(values, places, notes)).workload();
        int warmup = values.whole(Setting.WARMUP_REQUESTS, Defaults.WARMUP, 0);
        var client = client(values, wanted, workload.load(), notes);
        var fleetChoice = new FleetChoice(values);
        var sound = fleetChoice.fleet(problems, AskedModels.of(workload));
        var faultChoice = new FaultChoice(values);
        var fleet = sound.with(faultChoice.faults(sound));
        var target = faultChoice.targetOf(fleetChoice.targetOf(wanted, notes), fleet.faults(), notes);
        long seed = values.any64BitNumber(Setting.SEED, Defaults.SEED);
        int repeats = values.whole(Setting.REPEATS, Defaults.REPEATS, 1, MOST_REPEATS);
        var measuring = new MeasuringConfig(
                warmup,
                repeats,
                seed,
                values.durationOrNone(Setting.SETTLE_SECONDS),
                values.flag(Setting.CACHE_PROBE, false),
                new MonitorChoice(values).monitor(target instanceof Target.Simulated, notes));
        boolean continueOnError = values.flag(Setting.CONTINUE_ON_ERROR, false);
        List<Limit> limits = limits(values);
        Path output = output(values);
        boolean visualize = values.flag(Setting.AUTO_VISUALIZE, true);
        if (!problems.isEmpty()) {
            return new Checked.Invalid(problems.stream().distinct().toList());
        }
        var selection = new PolicySelection(policies, policyParameters, new LeftOut(continueOnError, policyChoice.isAll(howMany)));
        var config = new BenchmarkConfig(target, selection, workload, measuring, client, fleet);
        OptionalInt empty = IntStream.rangeClosed(1, repeats).filter(repeat -> isEmpty(config, repeat)).findFirst();
        if (empty.isPresent()) {
            return new Checked.Invalid(List.of(values.origin(Setting.DURATION)
                    .or(() -> values.origin(Setting.RAMP))
                    .orElseThrow()
                    .problem("is so short that no request comes, with seed " + seed
                            + (empty.getAsInt() == 1 ? "" : " in repeat " + empty.getAsInt()))));
        }
        var documented = Documented.of(config, output.toString(), values.text(Setting.TRACE).orElse(""));
        documentNames(values, documented);
        return new Checked.Valid(new RunSettings(config, output, documented, notes, limits, visualize));
    }

    private static boolean isEmpty(BenchmarkConfig config, int repeat) {
        return !WorkloadPlan.measured(config.workload(), Benchmark.seedOf(config, repeat)).open(0).hasNext();
    }

    private List<Limit> limits(Values values) {
        var limits = new ArrayList<Limit>();
        for (Given item : values.list(Setting.FAIL_ON).orElse(List.of())) {
            values.text(item, "a list of limits such as slo<0.95").flatMap(text -> Limit.read(item.origin(), text, problems)).ifPresent(limits::add);
        }
        return limits;
    }

    private ClientConfig client(Values values, Target target, Load load, List<String> notes) {
        Optional<Integer> mostInFlight = values.whole(Setting.MAX_IN_FLIGHT, 1);
        Duration total = values.duration(Setting.TIMEOUT_SECONDS).orElse(Defaults.TIMEOUT);
        return new ClientConfig(
                total,
                values.duration(Setting.CONNECT_TIMEOUT_SECONDS).orElse(Defaults.CONNECT_TIMEOUT),
                values.duration(Setting.FIRST_BYTE_TIMEOUT_SECONDS).orElse(total),
                values.duration(Setting.IDLE_TIMEOUT_SECONDS).orElse(total),
                values.flag(Setting.ENABLE_STREAMING, true),
                values.flag(Setting.IGNORE_EOS, true),
                new TargetChoice(values).trust(target),
                load instanceof Load.Closed ? Optional.empty() : mostInFlight,
                apiKey,
                new TokenizerChoice(values, notes).tokenizer(target instanceof Target.Simulated));
    }

    /// What is wrong with an engine profile that was given at `origin`, by its name or as a file.
    public static List<Problem> problemsWithProfile(String nameOrPath, Origin origin) {
        return switch (ProfileSource.resolve(nameOrPath)) {
            case ProfileSource.Resolved.Usable _ -> List.of();
            case ProfileSource.Resolved.Unknown(String message) -> List.of(origin.sentence(message));
            case ProfileSource.Resolved.Invalid(List<Problem> problems) -> problems;
        };
    }

    /// What is wrong with the engines that the rules of a plan name.
    ///
    /// @param count how many engines there are: `engine-1`, `engine-2` and so on
    public static List<String> problemsWithEngines(FaultPlan plan, int count) {
        return FaultChoice.problemsWithEngines(plan, count);
    }

    private static void documentNames(Values values, Map<String, Object> documented) {
        for (Setting setting : List.of(Setting.WORKLOAD, Setting.DATASET, Setting.EMBEDDING_DATASET)) {
            values.text(setting).ifPresent(name -> documented.put(setting.key(), name));
        }
    }

    private static Path output(Values values) {
        String text = values.text(Setting.OUTPUT_DIR).orElse(Defaults.OUTPUT);
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            values.problem(values.origin(Setting.OUTPUT_DIR).orElseThrow(), "must be a directory or FILE.json, but is '" + text + "'");
            return Path.of(Defaults.OUTPUT);
        }
    }
}
