package io.sagebench.cli;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.config.DidYouMean;
import io.sagebench.benchmark.config.DurationText;
import io.sagebench.benchmark.config.TargetChoice;
import io.sagebench.benchmark.engine.EngineBackend;
import io.sagebench.benchmark.engine.EngineChoice;
import io.sagebench.benchmark.engine.EngineOptions;
import io.sagebench.benchmark.engine.EngineWorkload;
import io.sagebench.benchmark.engine.EngineWorkloads;
import io.sagebench.benchmark.engine.SideBySide;
import java.net.URI;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which engines are compared, and by what. Checks all of it at once.
final class EngineCompareOptions {
    private static final int MOST = 100_000;

    private final Map<String, String> environment;

    @Option(
            names = "--target",
            paramLabel = "LABEL=WHERE",
            required = true,
            order = 0,
            description = "An engine, at least two: LABEL=URL (any that speaks the OpenAI API), LABEL=vllm:URL (also sglang, lmdeploy, sagellm), or"
                    + " LABEL=mock or LABEL=cpu, which run in this process.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--target-command",
            paramLabel = "LABEL=COMMAND",
            order = 1,
            description = "Starts the server of a target on this machine when it is not there, and ends it afterwards.")
    private List<String> commands = new ArrayList<>();

    @Option(names = "--server-wait", paramLabel = "TIME", order = 2, description = "How long to wait for a server that was started. Default: 120s.")
    private String serverWait = "120s";

    @Option(names = "--model", paramLabel = "NAME", order = 3, description = "The model to ask each for. Default: the only one it has.")
    private @Nullable String model;

    @Option(names = "--batch-size", paramLabel = "N,...", order = 4, description = "How many requests at once, each a workload of its own. Default: 1,2,4.")
    private @Nullable String batchSizes;

    @Option(names = "--prompt-tokens", paramLabel = "N", order = 5, description = "Length of the prompts. Default: 128.")
    private @Nullable String promptTokens;

    @Option(names = {"--max-output-tokens", "--max-tokens"}, paramLabel = "N", order = 6, description = "Length of the answers. Default: 128.")
    private @Nullable String outputTokens;

    @Option(names = "--workload", paramLabel = "NAME,...", order = 7, description = "Workloads of 'engine run' instead of batch sizes: m1, short, stress.")
    private @Nullable String workload;

    @Option(names = {"--repeats", "--rounds"}, paramLabel = "N", order = 8, description = "Rounds; tests need three. Default: 5.")
    private String repeats = "5";

    @Option(
            names = {"--warmup", "--warmup-rounds"},
            paramLabel = "N",
            order = 9,
            description = "Requests before each measurement, not counted. Default: 1.")
    private String warmup = "1";

    @Option(names = "--no-streaming", order = 10, description = "Asks for whole answers; then there is no TTFT.")
    private boolean noStreaming;

    @Option(names = "--temperature", paramLabel = "T", order = 11, description = "Of the draw. Default: 0, the likeliest token always.")
    private String temperature = "0";

    @Option(names = "--request-timeout", paramLabel = "TIME", order = 12, description = "Limit for a whole request. Default: 120s.")
    private String timeout = "120s";

    @Option(names = "--api-key", paramLabel = "KEY", order = 13, description = "Sent as a bearer token to every target; or SAGE_API_KEY.")
    private @Nullable String apiKey;

    @Option(names = "--seed", paramLabel = "NUMBER", order = 14, description = "Prompts and order follow from it. Default: 42.")
    private String seed = "42";

    /// @param environment variables
    EngineCompareOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    /// All that was asked for, found to be in order.
    record Order(
            Map<String, EngineChoice> targets, Map<String, String> commands, Duration longestWait, SideBySide rounds, List<Integer> batchSizes) {}

    /// What was asked for; absent when `problems` got something.
    Optional<Order> order(List<String> problems) {
        Map<String, EngineChoice> choices = choices(problems);
        Map<String, String> starts = starts(choices, problems);
        Optional<Duration> wait = time("--server-wait", serverWait, problems);
        Optional<Duration> limit = time("--request-timeout", timeout, problems);
        OptionalInt rounds = number("--repeats", repeats, 1, problems);
        OptionalInt before = number("--warmup", warmup, 0, problems);
        List<Integer> sizes = workload == null ? sizes(problems) : List.of();
        List<EngineWorkload> workloads = workload == null ? batches(sizes, problems) : named(problems);
        long number = seed(problems);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        EngineOptions usual = EngineOptions.DEFAULT;
        var options = new EngineOptions(
                usual.mode(),
                usual.arrivals(),
                usual.concurrency(),
                usual.duration(),
                before,
                usual.endpoint(),
                limit.orElseThrow(),
                number);
        return Optional.of(new Order(choices, starts, wait.orElseThrow(), new SideBySide(workloads, options, rounds.getAsInt()), sizes));
    }

    private Map<String, EngineChoice> choices(List<String> problems) {
        Map<String, EngineChoice> choices = new LinkedHashMap<>();
        Set<String> files = new LinkedHashSet<>();
        for (String target : targets) {
            String[] parts = target.split("=", 2);
            String label = parts[0].strip();
            if (parts.length < 2 || label.isEmpty()) {
                problems.add("--target: must be LABEL=URL, such as ours=vllm:http://localhost:8000, but is '" + target + "'");
            } else if (slug(label).equals(EngineCompareCommand.COMPARISON)) {
                problems.add("--target: the label '" + label + "' would take the name of the comparison's own files; give another");
            } else if (!files.add(slug(label))) {
                problems.add("--target: each needs a label of its own that also names a file, but '" + label + "' is like another");
            } else {
                choice(parts[1].strip(), problems).ifPresent(choice -> choices.put(label, choice));
            }
        }
        if (targets.size() < 2) {
            problems.add("--target: repeat it at least twice, since one engine alone cannot be compared");
        }
        return choices;
    }

    private Optional<EngineChoice> choice(String where, List<String> problems) {
        Optional<EngineBackend> inProcess = EngineBackend.named(where).filter(EngineBackend::isInProcess);
        if (inProcess.isPresent()) {
            return Optional.of(withModel(EngineChoice.inProcess(inProcess.get())));
        }
        EngineBackend backend = EngineBackend.OPENAI;
        String url = where;
        if (!where.startsWith("http://") && !where.startsWith("https://")) {
            String name = where.split(":", 2)[0];
            Optional<EngineBackend> named = EngineBackend.named(name).filter(each -> !each.isInProcess());
            if (named.isEmpty() || !where.contains(":")) {
                problems.add("--target: '" + where + "' is neither mock or cpu, nor a URL with a scheme such as http://localhost:8000, nor"
                        + " BACKEND:URL" + DidYouMean.hint(EngineBackend.names(), name));
                return Optional.empty();
            }
            backend = named.get();
            url = where.substring(name.length() + 1);
        }
        String root = url.replaceFirst("/v1/?$", "").replaceFirst("/$", "");
        Optional<String> wrong = TargetChoice.problemWith(root);
        if (wrong.isPresent()) {
            problems.add("--target: '" + where + "': " + wrong.get());
            return Optional.empty();
        }
        return Optional.of(withKey(withModel(EngineChoice.at(backend, URI.create(root)))));
    }

    private EngineChoice withModel(EngineChoice choice) {
        return model == null ? choice : choice.with(model);
    }

    private EngineChoice withKey(EngineChoice choice) {
        String key = apiKey == null ? environment.getOrDefault("SAGE_API_KEY", "") : apiKey;
        return key.isBlank() ? choice : choice.with(new ApiKey(key));
    }

    private Map<String, String> starts(Map<String, EngineChoice> choices, List<String> problems) {
        Map<String, String> starts = new LinkedHashMap<>();
        for (String each : commands) {
            String[] parts = each.split("=", 2);
            EngineChoice choice = choices.get(parts[0].strip());
            if (parts.length < 2 || parts[1].isBlank()) {
                problems.add("--target-command: must be LABEL=COMMAND, but is '" + each + "'");
            } else if (choice == null) {
                problems.add("--target-command: there is no target '" + parts[0].strip() + "'");
            } else if (choice.url().isEmpty() || !isHere(choice.url().get())) {
                problems.add("--target-command: '" + parts[0].strip() + "' is not a server on this machine, so it cannot be started here");
            } else {
                starts.put(parts[0].strip(), parts[1]);
            }
        }
        return starts;
    }

    private static boolean isHere(URI url) {
        return Set.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost());
    }

    private List<Integer> sizes(List<String> problems) {
        var sizes = new LinkedHashSet<Integer>();
        for (String each : (batchSizes == null ? "1,2,4" : batchSizes).split(",", -1)) {
            number("--batch-size", each.strip(), 1, problems).ifPresent(sizes::add);
        }
        return List.copyOf(sizes);
    }

    private List<EngineWorkload> batches(List<Integer> sizes, List<String> problems) {
        OptionalInt prompt = number("--prompt-tokens", promptTokens == null ? "128" : promptTokens, 1, problems);
        OptionalInt answer = number("--max-output-tokens", outputTokens == null ? "128" : outputTokens, 1, problems);
        if (prompt.isEmpty() || answer.isEmpty()) {
            return List.of();
        }
        return sizes.stream()
                .map(size -> asked(new EngineWorkload(
                                "short_b" + size,
                                "short",
                                size + (size == 1 ? " request" : " requests at once"),
                                Optional.empty(),
                                prompt.getAsInt(),
                                answer.getAsInt(),
                                size,
                                new EngineWorkload.Execution.AtOnce(),
                                EngineWorkload.Asking.STREAMED,
                                0),
                        problems))
                .toList();
    }

    private List<EngineWorkload> named(List<String> problems) {
        for (Map.Entry<String, @Nullable String> other : asPairs().entrySet()) {
            if (other.getValue() != null) {
                problems.add(other.getKey() + ": has no effect with --workload, which says it; leave one of them out");
            }
        }
        var unknown = new ArrayList<String>();
        List<EngineWorkload> found = EngineWorkloads.selectedBy(String.valueOf(workload), unknown);
        unknown.forEach(name -> problems.add("--workload: unknown workload '" + name + "'" + DidYouMean.hint(EngineWorkloads.selectors(), name)
                + "; there are " + String.join(", ", EngineWorkloads.selectors())));
        return found.stream().map(each -> asked(each, problems)).toList();
    }

    private Map<String, @Nullable String> asPairs() {
        Map<String, @Nullable String> pairs = new LinkedHashMap<>();
        pairs.put("--batch-size", batchSizes);
        pairs.put("--prompt-tokens", promptTokens);
        pairs.put("--max-output-tokens", outputTokens);
        return pairs;
    }

    private EngineWorkload asked(EngineWorkload of, List<String> problems) {
        try {
            double value = Double.parseDouble(temperature);
            if (value >= 0 && value <= 2) {
                return of.with(of.asking().streaming(of.asking().streaming() && !noStreaming).withTemperature(value));
            }
        } catch (NumberFormatException _) {
            // said below
        }
        String message = "--temperature: must be a number from 0 to 2, but is '" + temperature + "'";
        if (!problems.contains(message)) {
            problems.add(message);
        }
        return of;
    }

    private long seed(List<String> problems) {
        try {
            return Long.parseLong(seed);
        } catch (NumberFormatException _) {
            problems.add("--seed: must be a whole number, but is '" + seed + "'");
            return 0;
        }
    }

    private static OptionalInt number(String option, String text, int least, List<String> problems) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= MOST) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException _) {
            // said below
        }
        problems.add(option + ": must be a whole number from " + least + " to " + MOST + ", but is '" + text + "'");
        return OptionalInt.empty();
    }

    private static Optional<Duration> time(String option, String text, List<String> problems) {
        Optional<Duration> time = DurationText.parse(text.matches("\\d+(\\.\\d+)?") ? text + "s" : text).filter(Duration::isPositive);
        if (time.isEmpty()) {
            problems.add(option + ": must be a time " + DurationText.EXAMPLES + ", but is '" + text + "'");
        }
        return time;
    }

    /// A label as part of a file's name.
    static String slug(String label) {
        return label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
    }
}
