package io.sagebench.cli;

import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.experiment.CapacityQuestion;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a capacity is looked for.
final class SearchOptions {
    private static final double MOST_SECONDS = 86_400;
    private static final int MOST_SEEDS = 1000;

    @Option(
            names = "--slo-target",
            paramLabel = "SHARE",
            description = "The share of requests that must meet their deadlines. Default: 0.99.")
    private @Nullable String target;

    @Option(names = "--tolerance", paramLabel = "SHARE", description = "How near the answer must be. Default: 0.05, which is 5 %%.")
    private @Nullable String tolerance;

    @Option(
            names = "--confirm",
            paramLabel = "N",
            description = "From how many further seeds the load is made to confirm the answer. Default: 2.")
    private @Nullable String confirm;

    @Option(
            names = "--probe",
            paramLabel = "SECONDS",
            description = "For how long requests arrive at each rate tried, at least: too short a time shows no queue. Default: 30.")
    private @Nullable String probe;

    /// The first option that was given, if any was.
    Optional<String> anyGiven() {
        if (target != null) {
            return Optional.of("--slo-target");
        }
        if (tolerance != null) {
            return Optional.of("--tolerance");
        }
        if (confirm != null) {
            return Optional.of("--confirm");
        }
        return probe != null ? Optional.of("--probe") : Optional.empty();
    }

    /// @param draft gets what is wrong
    CapacityQuestion question(ConfigDraft draft, double firstRate) {
        CapacityQuestion usual = CapacityQuestion.DEFAULT;
        double seconds = number(draft, "--probe", probe).orElse(usual.atLeast().toSeconds() * 1.0);
        return new CapacityQuestion(
                number(draft, "--slo-target", target).orElse(usual.sloTarget()),
                number(draft, "--tolerance", tolerance).orElse(usual.tolerance()),
                number(draft, "--confirm", confirm).map(Double::intValue).orElse(usual.confirm()),
                firstRate,
                Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    private static Optional<Double> number(ConfigDraft draft, String name, @Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        return switch (name) {
            case "--slo-target" -> draft.number(name, value, "a share above 0 and at most 1", share -> share > 0 && share <= 1);
            case "--tolerance" -> draft.number(name, value, "a share from 0.001 to 1", share -> share >= 0.001 && share <= 1);
            case "--confirm" ->
                draft.number(name, value, "a whole number from 0 to " + MOST_SEEDS, count -> count >= 0 && count <= MOST_SEEDS && count == Math.rint(count));
            default -> draft.number(name, value, "above 0 seconds and at most a day", seconds -> seconds > 0 && seconds <= MOST_SECONDS);
        };
    }
}
