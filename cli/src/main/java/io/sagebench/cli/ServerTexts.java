package io.sagebench.cli;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.DefaultFleet;
import io.sagebench.benchmark.Serving.EngineGroup;
import io.sagebench.benchmark.Serving.Engines;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.EngineGroups;
import io.sagebench.benchmark.config.Origin;
import io.sagebench.benchmark.config.Problem;
import io.sagebench.benchmark.config.TargetChoice;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultReading;
import io.sagebench.engine.fault.FaultText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the options of the commands that serve, and collects what is wrong with them.
final class ServerTexts {
    private static final int HIGHEST_PORT = 65_535;
    static final Engines USUAL = new Engines.Simulated(List.of(new EngineGroup(DefaultFleet.INSTANCES, DefaultFleet.PROFILE)));

    private final List<Problem> problems = new ArrayList<>();

    List<Problem> problems() {
        return problems;
    }

    void problem(String where, String message) {
        problems.add(new Problem(where, message));
    }

    int port(String option, String text) {
        int port = number(text);
        if (port < 0 || port > HIGHEST_PORT) {
            problem(option, "must be a whole number from 0 to " + HIGHEST_PORT + ", but is '" + text + "'");
        }
        return port;
    }

    Optional<Integer> count(String option, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        int count = number(text);
        if (count < 1) {
            problem(option, "must be a whole number of at least 1, but is '" + text + "'");
        }
        return Optional.of(count);
    }

    void profile(String option, String name) {
        problems.addAll(ConfigDraft.problemsWithProfile(name, new Origin.Option(option)));
    }

    FaultPlan faults(String option, @Nullable String text) {
        return switch (text == null ? new FaultReading.Read(FaultPlan.NONE) : FaultText.plan(text)) {
            case FaultReading.Read(FaultPlan plan) -> plan;
            case FaultReading.Wrong(List<String> wrong) -> {
                wrong.forEach(message -> problem(option, message));
                yield FaultPlan.NONE;
            }
        };
    }

    /// Checks that a plan names only engines there are, and that there are simulated ones.
    void faultsFit(String option, FaultPlan faults, Engines engines) {
        switch (engines) {
            case Engines.AtUrls _, Engines.Cluster _ -> {
                if (!faults.isEmpty()) {
                    problem(option, "is for simulated engines, and cannot be given together with --engines");
                }
            }
            case Engines.Simulated(List<EngineGroup> groups) -> {
                int count = groups.stream().mapToInt(EngineGroup::count).sum();
                ConfigDraft.problemsWithEngines(faults, count).forEach(message -> problem(option, message));
            }
        }
    }

    Optional<Engines> engines(@Nullable String urls, @Nullable String simulated) {
        if (urls != null && simulated != null) {
            problem("--simulated", "cannot be given together with --engines; leave one of them out");
            return Optional.empty();
        }
        if (urls != null) {
            return atUrls(urls);
        }
        return simulated == null ? Optional.of(USUAL) : simulated(simulated);
    }

    private Optional<Engines> atUrls(String text) {
        var urls = new ArrayList<URI>();
        for (String url : text.split(",", -1)) {
            Optional<String> wrong = TargetChoice.problemWith(url.strip());
            wrong.ifPresentOrElse(message -> problem("--engines", message), () -> urls.add(URI.create(url.strip())));
        }
        return urls.isEmpty() ? Optional.empty() : Optional.of(new Engines.AtUrls(urls));
    }

    private Optional<Engines> simulated(String text) {
        List<EngineGroup> groups =
                EngineGroups.read(List.of(text.split(",", -1)), new Origin.Option("--simulated"), problems);
        return groups.isEmpty() ? Optional.empty() : Optional.of(new Engines.Simulated(groups));
    }

    /// The key of the option, else of the environment; checked as for benchmarks.
    Optional<ApiKey> apiKey(@Nullable String option, Map<String, String> environment) {
        return ConfigDraft.apiKey(option, environment, problems);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
