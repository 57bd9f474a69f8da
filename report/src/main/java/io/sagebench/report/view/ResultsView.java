package io.sagebench.report.view;

import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.engine.EngineJson;
import io.sagebench.report.engine.EngineSummary;
import io.sagebench.report.json.JsonReport;
import io.sagebench.report.results.ResultsFile;
import io.sagebench.report.results.ResultsFile.Unusable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A results file opened for looking at: what kind it is, what is in it, and what it lacks. A file that is damaged, newer than this program or
/// without some part is shown as far as it goes, and [#gaps()] says what is missing.
public final class ResultsView {
    private static final String LAYOUT = "2.0";
    private static final String OLD_LAYOUT = "1.0";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final long MOST_READ = 400_000;

    private final Path path;
    private final Kind kind;
    private final Facts root;
    private final List<String> gaps = new ArrayList<>();
    private final List<PolicyView> policies = new ArrayList<>();
    private final Map<String, List<RatePoint>> rates = new LinkedHashMap<>();
    private final DevicesReader devices = new DevicesReader(MAPPER);
    private Optional<EngineSummary> engine = Optional.empty();

    private ResultsView(Path path, Kind kind, Facts root) {
        this.path = path;
        this.kind = kind;
        this.root = root;
    }

    /// What kinds of results there are.
    public enum Kind {
        /// Of `run` or `compare`: policies under one load.
        BENCHMARK,
        /// Of `sweep`: policies at several rates.
        SWEEP,
        /// Of `experiment` or `capacity`.
        EXPERIMENT,
        /// Of `engine run`: workloads on one engine.
        ENGINE,
        /// Of `engine compare`: several targets.
        ENGINE_COMPARISON
    }

    /// Opens a results file.
    ///
    /// @throws Unusable when it is not there, cannot be read, or is none
    public static ResultsView read(Path path) throws Unusable {
        PartialTree tree;
        try (var in = Files.newInputStream(path)) {
            tree = PartialTree.read(in, MAPPER);
        } catch (NoSuchFileException _) {
            throw ResultsFile.unusable(path + ": there is no such file");
        } catch (IOException broken) {
            throw ResultsFile.unusable(path + ": cannot be read: " + broken.getMessage());
        }
        return of(path, tree);
    }

    /// What a report says, whether it is written or not.
    ///
    /// @param folder where its records are, when they are in a file of their own
    public static ResultsView of(BenchmarkReport report, Path folder) throws IOException {
        var json = new ByteArrayOutputStream();
        new JsonReport(report).write(json);
        try {
            return of(folder.resolve("report.json"), PartialTree.read(new ByteArrayInputStream(json.toByteArray()), MAPPER));
        } catch (Unusable notOurs) {
            throw new IllegalStateException("a report is always a results file", notOurs);
        }
    }

    private static ResultsView of(Path path, PartialTree tree) throws Unusable {
        if (!(tree.root() instanceof ObjectNode object)) {
            throw ResultsFile.unusable(path + ": is no results file: " + tree.broken().map(why -> "it is not JSON: " + why).orElse("it is no JSON object"));
        }
        Optional<Kind> kind = kind(object);
        if (kind.isEmpty()) {
            throw ResultsFile.unusable(path + ": is no results file: it has none of policy_results, throughput_vs_rate, experiment_name and workloads"
                    + tree.broken().map(why -> ", and ends in the middle: " + why).orElse("")
                    + "; give a JSON file that run, compare, sweep, experiment or engine run wrote");
        }
        var view = new ResultsView(path, kind.get(), new Facts(object));
        tree.broken().ifPresent(why -> view.gaps.add("the file ends in the middle or is damaged, and only what comes before is shown: " + why));
        view.fill();
        return view;
    }

    private static Optional<Kind> kind(ObjectNode object) {
        if (object.get("policy_results") instanceof ObjectNode) {
            return Optional.of(Kind.BENCHMARK);
        }
        if (object.get("throughput_vs_rate") instanceof ObjectNode || isSweepOfOne(object)) {
            return Optional.of(Kind.SWEEP);
        }
        if (object.has("experiment_name") || object.has("experiment_type")) {
            return Optional.of(Kind.EXPERIMENT);
        }
        if (object.path("targets").isArray()) {
            return Optional.of(Kind.ENGINE_COMPARISON);
        }
        return object.get("workloads") instanceof ObjectNode || object.path("metrics").has("total_requests") || object.has("total_requests")
                ? Optional.of(Kind.ENGINE)
                : Optional.empty();
    }

    /// An object by rates, as `sweep` of the earlier tool wrote it and ours writes beside its own.
    private static boolean isSweepOfOne(ObjectNode object) {
        return !object.isEmpty()
                && object.properties().stream().allMatch(entry -> isRate(entry.getKey()) && entry.getValue().get("metrics") instanceof ObjectNode);
    }

    private static boolean isRate(String name) {
        try {
            return Double.parseDouble(name) > 0;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private void fill() {
        String layout = layout();
        if (!layout.isEmpty() && !layout.equals(LAYOUT) && !layout.equals(OLD_LAYOUT)) {
            gaps.add("the file has layout \"" + layout + "\", which this program does not know: what it understands is shown");
        }
        switch (kind) {
            case BENCHMARK -> benchmark();
            case SWEEP -> sweep();
            case ENGINE -> engineRun();
            case EXPERIMENT, ENGINE_COMPARISON -> {} // read from the root
        }
    }

    private void benchmark() {
        Facts results = root.at("policy_results");
        var measured = new ArrayList<String>();
        long total = 0;
        for (String name : results.names()) {
            if (results.named(name).at("metrics").isPresent()) {
                measured.add(name);
                total += (long) results.named(name).number("metrics.request_counts.total").orElse(0);
            } else if (results.named(name).text("not_run").isEmpty()) {
                gaps.add("the metrics of " + name + " are missing");
            }
        }
        root.text("monitor_file").ifPresent(name -> devices.read(path, name, gaps));
        if (!gaps.isEmpty()) {
            var missing = new ArrayList<>(root.texts("config.policies"));
            missing.removeAll(results.names());
            missing.forEach(name -> gaps.add("the results of " + name + " are missing"));
        }
        if (measured.isEmpty()) {
            gaps.add("no policy was measured");
        }
        Map<String, Requests> requests = new RequestFiles(path, (int) Math.max(1, (total + MOST_READ - 1) / MOST_READ), gaps).read(results, measured);
        for (String name : measured) {
            Facts facts = results.named(name);
            if (facts.json() instanceof ObjectNode object) {
                object.remove(RequestFiles.RAW);
            }
            policies.add(new PolicyView(
                    name,
                    facts.isTrue("ceiling"),
                    facts,
                    facts.at("metrics"),
                    facts.at("repeats").each(),
                    requests.getOrDefault(name, Requests.NONE),
                    devices.of(name)));
        }
    }

    private void sweep() {
        Facts table = root.at("throughput_vs_rate");
        if (table.isPresent()) {
            for (String policy : table.names()) {
                rates.put(policy, table.named(policy).each().stream().map(RatePoint::of).toList());
            }
            return;
        }
        var points = new ArrayList<RatePoint>();
        String policy = "policy";
        for (String rate : root.names()) {
            Facts result = root.named(rate);
            policy = result.text("policy").orElse(policy);
            points.add(RatePoint.of(Double.parseDouble(rate), result.isTrue("cut_short"), result.at("metrics")));
        }
        points.sort(Comparator.comparingDouble(RatePoint::ratePerSecond));
        rates.put(policy, points);
    }

    private void engineRun() {
        String name = String.valueOf(path.getFileName()).replaceFirst("(?:_metrics)?\\.json$", "");
        switch (EngineJson.read(root.json().toString(), name)) {
            case EngineJson.Reading.Read(EngineSummary summary) -> engine = Optional.of(summary);
            case EngineJson.Reading.Invalid(String why) -> gaps.add("its workloads cannot be read: " + why);
            case EngineJson.Reading.Other(String why) -> gaps.add("its workloads cannot be read: " + why);
        }
    }

    /// Where it lies.
    public Path path() {
        return path;
    }

    /// What kind it is.
    public Kind kind() {
        return kind;
    }

    /// What it is called above a report.
    public String title() {
        return switch (kind) {
            case BENCHMARK -> hybrid() ? "Hybrid scheduling benchmark" : "Scheduling policy benchmark";
            case SWEEP -> "Rate sweep";
            case EXPERIMENT -> "Experiment: " + root.text("experiment_type").or(() -> root.text("experiment_name")).orElse("unnamed");
            case ENGINE -> "Engine benchmark";
            case ENGINE_COMPARISON -> "Engine comparison";
        };
    }

    /// The version of its layout: "2.0", "1.0", or what a newer one says; empty when it says none.
    public String layout() {
        return root.text("version").orElse("");
    }

    /// All of it but the requests.
    public Facts root() {
        return root;
    }

    /// What was measured under one load, in its order; empty for other kinds.
    public List<PolicyView> policies() {
        return List.copyOf(policies);
    }

    /// Those of them that could be chosen: all but the ceilings.
    public List<PolicyView> candidates() {
        return policies.stream().filter(policy -> !policy.isCeiling()).toList();
    }

    /// What was measured at several rates, by policy, from the lowest rate to the highest; empty for other kinds.
    public Map<String, List<RatePoint>> rates() {
        return rates;
    }

    /// What was measured of one engine; absent for other kinds.
    public Optional<EngineSummary> engine() {
        return engine;
    }

    /// Whether prompts and texts to embed are shown apart.
    public boolean hybrid() {
        return root.text("benchmark_type").orElse("").equals("hybrid");
    }

    /// Whether everything was simulated.
    public boolean simulated() {
        return root.text("target.kind").orElse("").equals("simulated");
    }

    /// What the file lacks, a sentence each; empty when all is there.
    public List<String> gaps() {
        return List.copyOf(gaps);
    }
}
