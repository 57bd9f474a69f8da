package io.sagebench.benchmark.engine;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.arrival.BatchArrivals;
import io.sagebench.arrival.GammaArrivals;
import io.sagebench.arrival.PoissonArrivals;
import io.sagebench.arrival.UniformArrivals;
import io.sagebench.arrival.WeibullArrivals;
import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.config.DataPlaces;
import io.sagebench.benchmark.config.DidYouMean;
import io.sagebench.benchmark.config.DurationText;
import io.sagebench.benchmark.config.EngineWorkloadFile;
import io.sagebench.benchmark.config.Problem;
import io.sagebench.benchmark.engine.EngineOptions.Endpoint;
import io.sagebench.benchmark.engine.EngineOptions.Mode;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultReading;
import io.sagebench.engine.fault.FaultText;
import io.sagebench.live.files.DatasetReading;
import io.sagebench.live.files.Datasets;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/// A run of the engine benchmark while it is put together from options; then it is checked once, and every mistake is found.
public final class EngineDraft {
    private static final int MOST = 1_000_000;
    private static final double MOST_RATE = 1e6;
    private static final List<String> ARRIVALS = List.of("poisson", "uniform", "fixed", "gamma", "weibull", "batch", "instant");
    private static final String API_KEY = "SAGE_API_KEY";

    private final Map<Name, String> given = new EnumMap<>(Name.class);
    private final List<String> faults = new ArrayList<>();
    private final Map<String, String> environment;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean force;
    private boolean wholeAnswers;

    /// What can be said.
    public enum Name {
        /// Which workloads, by names.
        WORKLOAD,
        /// A file of others.
        WORKLOAD_FILE,
        /// Which engine.
        BACKEND,
        /// Where it listens.
        URL,
        /// Which model.
        MODEL,
        /// The secret for it.
        API_KEY,
        /// Directory of the files.
        OUTPUT,
        /// A further file.
        OUTPUT_JSON,
        /// As in use, or all at once.
        MODE,
        /// Requests of each workload.
        NUM_REQUESTS,
        /// Where prompts come from.
        DATASET,
        /// Requests of each workload when prompts come from a dataset.
        NUM_SAMPLES,
        /// How often each workload is measured.
        REPEATS,
        /// Requests before each.
        WARMUP,
        /// Requests a second.
        RATE,
        /// How they are spaced.
        ARRIVAL,
        /// Of gamma and weibull.
        BURSTINESS,
        /// Callers.
        CONCURRENCY,
        /// For how long.
        DURATION,
        /// Of everything random.
        SEED,
        /// Limit for a request.
        TIMEOUT,
        /// Which endpoint.
        ENDPOINT,
        /// A file of the model's tokens.
        TOKENIZER,
        /// Of the CPU backend.
        THREADS,
        /// Of the mock.
        MOCK_TTFT_MS,
        /// Of the mock.
        MOCK_TBT_MS;

        /// As an option.
        public String option() {
            return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// What came of checking.
    public sealed interface Checked {
        /// All is in order.
        record Valid(EngineSettings settings) implements Checked {}

        /// It is not.
        ///
        /// @param problems all of them, at least one
        record Invalid(List<Problem> problems) implements Checked {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }

    /// @param environment variables
    public EngineDraft(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// Takes an option.
    public void option(Name name, String value) {
        given.put(name, value.strip());
    }

    /// Takes a fault of the mock.
    public void fault(String text) {
        faults.add(text);
    }

    /// Files of an earlier run are replaced rather than moved away.
    public void force() {
        force = true;
    }

    /// Answers are asked for whole, whatever the workload says.
    public void wholeAnswers() {
        wholeAnswers = true;
    }

    /// Checks all of it.
    public Checked check() {
        Optional<EngineChoice> choice = choice();
        Mode mode = mode();
        long seed = whole(Name.SEED).orElse(EngineOptions.USUAL_SEED);
        Optional<ArrivalProcess> arrivals = arrivals();
        OptionalInt concurrency = whole(Name.CONCURRENCY, 1);
        Optional<Duration> duration = duration(Name.DURATION);
        refuseTogether(mode, arrivals.isPresent(), concurrency.isPresent(), duration.isPresent());
        OptionalInt warmup = whole(Name.WARMUP, 0);
        Endpoint endpoint = endpoint();
        Duration timeout = duration(Name.TIMEOUT).orElse(EngineOptions.DEFAULT.timeout());
        PromptSource source = source();
        List<EngineWorkload> workloads = workloads(source);
        int repeats = whole(Name.REPEATS, 1).orElse(1);
        Optional<Path> output = path(Name.OUTPUT, "./benchmark_results");
        Optional<Path> json = given.containsKey(Name.OUTPUT_JSON) ? path(Name.OUTPUT_JSON, "") : Optional.empty();
        if (!problems.isEmpty()) {
            return new Checked.Invalid(problems);
        }
        var options = new EngineOptions(mode, arrivals, concurrency, duration, warmup, endpoint, timeout, seed);
        String selection = given.getOrDefault(Name.WORKLOAD_FILE, given.getOrDefault(Name.WORKLOAD, EngineWorkloads.USUAL));
        return new Checked.Valid(new EngineSettings(
                choice.orElseThrow(), selection, workloads, options, repeats, source, output.orElseThrow(), json, force, notes));
    }

    private Optional<EngineChoice> choice() {
        String name = given.getOrDefault(Name.BACKEND, EngineBackend.CPU.wireName());
        Optional<EngineBackend> backend = EngineBackend.named(name);
        if (backend.isEmpty()) {
            wrong(Name.BACKEND, "must be one of " + String.join(", ", EngineBackend.names()) + ", but is '" + name + "'"
                    + DidYouMean.hint(EngineBackend.names(), name));
        }
        Optional<URI> url = url(backend);
        OptionalInt threads = whole(Name.THREADS, 1);
        OptionalDouble ttft = number(Name.MOCK_TTFT_MS, 0, 1e9, "a number of milliseconds of at least 0");
        OptionalDouble tbt = number(Name.MOCK_TBT_MS, 0, 1e9, "a number of milliseconds of at least 0");
        FaultPlan plan = faults();
        if (backend.isPresent() && backend.get() != EngineBackend.MOCK) {
            refuse(Name.MOCK_TTFT_MS, "is of --backend mock");
            refuse(Name.MOCK_TBT_MS, "is of --backend mock");
            if (!faults.isEmpty()) {
                problems.add(new Problem("--faults", "is of --backend mock: nothing of ours is broken on purpose in a real engine"));
            }
        }
        if (backend.isPresent() && backend.get() != EngineBackend.CPU) {
            refuse(Name.THREADS, "is of --backend cpu");
        }
        if (backend.filter(EngineBackend::isInProcess).isPresent()) {
            refuse(Name.TOKENIZER, "is for servers: " + backend.get().wireName() + " knows its tokens itself");
        }
        Optional<Path> tokenizer = given.containsKey(Name.TOKENIZER) ? path(Name.TOKENIZER, "") : Optional.empty();
        Optional<String> model = Optional.ofNullable(given.get(Name.MODEL));
        if (model.filter(String::isEmpty).isPresent()) {
            wrong(Name.MODEL, "must name a model, but is empty");
        }
        if (backend.isEmpty() || backend.get().isInProcess() == url.isPresent()) {
            return Optional.empty();
        }
        var mock = new EngineChoice.Mock(
                millis(ttft, EngineChoice.Mock.USUAL.firstToken()),
                millis(tbt, EngineChoice.Mock.USUAL.interToken()),
                plan,
                whole(Name.SEED).orElse(EngineOptions.USUAL_SEED));
        Optional<ApiKey> key = Optional.ofNullable(given.getOrDefault(Name.API_KEY, environment.getOrDefault(API_KEY, "")))
                .filter(secret -> !secret.isEmpty())
                .map(ApiKey::new);
        return Optional.of(new EngineChoice(backend.get(), url, model, key, mock, threads, tokenizer));
    }

    private static Duration millis(OptionalDouble given, Duration otherwise) {
        return given.isPresent() ? Duration.ofNanos(Math.round(given.getAsDouble() * 1e6)) : otherwise;
    }

    private Optional<URI> url(Optional<EngineBackend> backend) {
        String text = given.get(Name.URL);
        if (text == null) {
            backend.filter(server -> !server.isInProcess()).ifPresent(server -> problems.add(new Problem(
                    "--backend " + server.wireName(),
                    "needs --url, the address of the server, such as --url http://localhost:" + server.usualPort().orElse(8000)
                            + "; nothing else is measured in its place")));
            return Optional.empty();
        }
        if (backend.filter(EngineBackend::isInProcess).isPresent()) {
            wrong(Name.URL, "has no effect with --backend " + backend.get().wireName() + ", which runs in this process; for a server, say --backend "
                    + "vllm, sglang, lmdeploy, openai or sagellm");
            return Optional.empty();
        }
        try {
            URI url = URI.create(text);
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && url.getHost() != null && url.getQuery() == null) {
                return Optional.of(url);
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        wrong(Name.URL, "must be an address such as http://localhost:8000, but is '" + text + "'"
                + (text.contains("://") ? "" : "; did you mean 'http://" + text + "'?"));
        return Optional.empty();
    }

    private FaultPlan faults() {
        if (faults.isEmpty()) {
            return FaultPlan.NONE;
        }
        return switch (FaultText.plan(faults)) {
            case FaultReading.Read(FaultPlan plan) -> plan;
            case FaultReading.Wrong(List<String> wrong) -> {
                wrong.forEach(problem -> problems.add(new Problem("--faults", problem)));
                yield FaultPlan.NONE;
            }
        };
    }

    private Mode mode() {
        String text = given.getOrDefault(Name.MODE, Mode.TRAFFIC.wireName());
        for (Mode mode : Mode.values()) {
            if (mode.wireName().equals(text)) {
                return mode;
            }
        }
        wrong(Name.MODE, "must be traffic or batch, but is '" + text + "'");
        return Mode.TRAFFIC;
    }

    private Endpoint endpoint() {
        String text = given.getOrDefault(Name.ENDPOINT, Endpoint.COMPLETIONS.wireName());
        for (Endpoint endpoint : Endpoint.values()) {
            if (endpoint.wireName().equals(text)) {
                return endpoint;
            }
        }
        wrong(Name.ENDPOINT, "must be completions or chat, but is '" + text + "'");
        return Endpoint.COMPLETIONS;
    }

    private Optional<ArrivalProcess> arrivals() {
        OptionalDouble rate = number(Name.RATE, Double.MIN_VALUE, MOST_RATE, "a number of requests per second above 0 and at most 1000000");
        OptionalDouble burstiness = number(Name.BURSTINESS, 0.01, 1000, "a number from 0.01 to 1000");
        String pattern = given.get(Name.ARRIVAL);
        if (pattern != null && !ARRIVALS.contains(pattern)) {
            wrong(Name.ARRIVAL, "must be one of " + String.join(", ", ARRIVALS) + ", but is '" + pattern + "'" + DidYouMean.hint(ARRIVALS, pattern));
            return Optional.empty();
        }
        String kind = pattern == null ? "poisson" : pattern;
        boolean shaped = kind.equals("gamma") || kind.equals("weibull");
        if (burstiness.isPresent() && !shaped) {
            refuse(Name.BURSTINESS, "has no effect without --arrival gamma or weibull");
        }
        if (kind.equals("batch") || kind.equals("instant")) {
            refuse(Name.RATE, "has no effect with --arrival " + kind + ", which sends everything at once");
            return Optional.of(new BatchArrivals());
        }
        if (rate.isEmpty()) {
            if (pattern != null && !given.containsKey(Name.RATE)) {
                wrong(Name.ARRIVAL, "needs --rate, the requests per second");
            }
            return Optional.empty();
        }
        double perSecond = rate.getAsDouble();
        double shape = burstiness.orElse(1);
        if (kind.equals("weibull") && shape < WeibullArrivals.LEAST_SHAPE) {
            wrong(Name.BURSTINESS, "must be at least " + WeibullArrivals.LEAST_SHAPE + " for weibull, but is " + shape);
            return Optional.empty();
        }
        return Optional.of(
                switch (kind) {
                    case "uniform", "fixed" -> new UniformArrivals(perSecond);
                    case "gamma" -> new GammaArrivals(perSecond, shape);
                    case "weibull" -> new WeibullArrivals(perSecond, shape);
                    default -> new PoissonArrivals(perSecond);
                });
    }

    private void refuseTogether(Mode mode, boolean arrivals, boolean concurrency, boolean duration) {
        if (mode == Mode.BATCH) {
            for (Name name : List.of(Name.RATE, Name.ARRIVAL, Name.BURSTINESS, Name.CONCURRENCY, Name.DURATION)) {
                refuse(name, "has no effect with --mode batch, which sends everything at once");
            }
        } else {
            if (arrivals && concurrency) {
                wrong(Name.CONCURRENCY, "does not go with arrivals: callers ask again when they have their answer, whatever the rate");
            }
            if (duration && given.containsKey(Name.NUM_REQUESTS)) {
                wrong(Name.DURATION, "does not go with --num-requests: one of the two says how much is sent");
            }
            if (duration && Set.of("batch", "instant").contains(given.getOrDefault(Name.ARRIVAL, ""))) {
                wrong(Name.DURATION, "has no effect with --arrival " + given.get(Name.ARRIVAL) + ", which sends everything at once");
            }
        }
    }

    private PromptSource source() {
        String name = given.getOrDefault(Name.DATASET, "default");
        return switch (name) {
            case "default" -> new PromptSource.Own();
            case "synthetic" -> new PromptSource.Synthetic();
            case "random" -> new PromptSource.RandomText();
            default -> dataset(name);
        };
    }

    private PromptSource dataset(String name) {
        var places = DataPlaces.of(environment, problems);
        return switch (places.find(name, DataPlaces.Kind.DATASET)) {
            case DataPlaces.Sought.Missing(String message) -> {
                wrong(Name.DATASET, name.equals("sharegpt")
                        ? "there is no file 'sharegpt.json' in the folder that " + DataPlaces.VARIABLE
                                + " names; or give the file itself: --dataset ShareGPT_V3_unfiltered_cleaned_split.json"
                        : message + "; besides there are default, synthetic, random and sharegpt");
                yield new PromptSource.Own();
            }
            case DataPlaces.Sought.Found(var file) -> switch (Datasets.read(file, Datasets.Use.PROMPTS)) {
                case DatasetReading.Unreadable(var messages) -> {
                    messages.forEach(message -> wrong(Name.DATASET, message));
                    yield new PromptSource.Own();
                }
                case DatasetReading.Loaded(var pool, String _, List<String> told) -> {
                    notes.addAll(told);
                    yield new PromptSource.Given(pool);
                }
            };
        };
    }

    private List<EngineWorkload> workloads(PromptSource source) {
        List<EngineWorkload> chosen = chosen();
        OptionalInt requests = whole(Name.NUM_REQUESTS, 1);
        OptionalInt samples = whole(Name.NUM_SAMPLES, 1);
        if (samples.isPresent() && source instanceof PromptSource.Own) {
            notes.add("--num-samples has no effect with --dataset default; --num-requests changes the number of requests");
            samples = OptionalInt.empty();
        }
        OptionalInt number = requests.isPresent() ? requests : samples;
        var names = new HashSet<String>();
        var workloads = new ArrayList<EngineWorkload>();
        for (EngineWorkload workload : chosen) {
            if (!names.add(workload.name())) {
                wrong(Name.WORKLOAD_FILE, "has a workload '" + workload.name() + "', and --workload names one, too; their files would be the same");
            }
            EngineWorkload counted = number.isPresent() ? workload.withRequests(number.getAsInt()) : workload;
            workloads.add(wholeAnswers ? counted.with(counted.asking().streaming(false)) : counted);
        }
        return workloads;
    }

    private List<EngineWorkload> chosen() {
        var chosen = new ArrayList<EngineWorkload>();
        String names = given.get(Name.WORKLOAD);
        String file = given.get(Name.WORKLOAD_FILE);
        if (names != null || file == null) {
            var unknown = new ArrayList<String>();
            chosen.addAll(EngineWorkloads.selectedBy(names == null ? EngineWorkloads.USUAL : names, unknown));
            for (String name : unknown) {
                wrong(Name.WORKLOAD, "unknown workload '" + name + "'; there are " + String.join(", ", EngineWorkloads.selectors())
                        + DidYouMean.hint(EngineWorkloads.selectors(), name));
            }
        }
        if (file != null) {
            path(Name.WORKLOAD_FILE, "").ifPresent(path -> chosen.addAll(EngineWorkloadFile.read(path, problems)));
        }
        return chosen;
    }

    private Optional<Path> path(Name name, String otherwise) {
        String text = given.getOrDefault(name, otherwise);
        try {
            if (!text.isEmpty()) {
                return Optional.of(Path.of(text));
            }
        } catch (InvalidPathException _) {
            // told below
        }
        wrong(name, "must be a path, but is '" + text + "'");
        return Optional.empty();
    }

    private Optional<Duration> duration(Name name) {
        String text = given.get(name);
        if (text == null) {
            return Optional.empty();
        }
        Optional<Duration> duration = DurationText.parse(text).filter(Duration::isPositive);
        if (duration.isEmpty()) {
            wrong(name, "must be a time above 0 " + DurationText.EXAMPLES + ", but is '" + text + "'");
        }
        return duration;
    }

    private Optional<Long> whole(Name name) {
        String text = given.get(name);
        try {
            return text == null ? Optional.empty() : Optional.of(new BigDecimal(text).longValueExact());
        } catch (ArithmeticException | NumberFormatException _) {
            if (problems.stream().noneMatch(problem -> problem.where().equals(name.option()))) {
                wrong(name, "must be a whole number, but is '" + text + "'");
            }
            return Optional.empty();
        }
    }

    private OptionalInt whole(Name name, int least) {
        String text = given.get(name);
        if (text == null) {
            return OptionalInt.empty();
        }
        try {
            int number = new BigDecimal(text).intValueExact();
            if (number >= least && number <= MOST) {
                return OptionalInt.of(number);
            }
        } catch (ArithmeticException | NumberFormatException _) {
            // told below
        }
        wrong(name, "must be a whole number from " + least + " to " + MOST + ", but is '" + text + "'");
        return OptionalInt.empty();
    }

    private OptionalDouble number(Name name, double least, double most, String expected) {
        String text = given.get(name);
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            double number = new BigDecimal(text).doubleValue();
            if (number >= least && number <= most) {
                return OptionalDouble.of(number);
            }
        } catch (NumberFormatException _) {
            // told below
        }
        wrong(name, "must be " + expected + ", but is '" + text + "'");
        return OptionalDouble.empty();
    }

    private void refuse(Name name, String why) {
        if (given.containsKey(name)) {
            wrong(name, why);
        }
    }

    private void wrong(Name name, String message) {
        problems.add(new Problem(name.option(), message));
    }
}
