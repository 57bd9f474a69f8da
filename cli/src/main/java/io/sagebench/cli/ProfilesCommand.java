package io.sagebench.cli;

import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.EngineProfileYaml;
import io.sagebench.benchmark.config.Origin;
import io.sagebench.benchmark.config.Problem;
import io.sagebench.benchmark.config.ProfileSource;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.ProfileLookup.Found;
import io.sagebench.engine.sim.embedding.EmbeddingProfiles;
import io.sagebench.engine.sim.multimodel.MultiModelProfiles;
import io.sagebench.report.terminal.Columns;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lists the engine profiles, or prints one.
@Command(
        name = "profiles",
        description = "Lists the engine profiles that ship, or prints one as YAML to save and edit. Any MODEL-GPU or MODEL-GPU-tpN is one too.",
        footer = {"", "Example: sage-bench profiles qwen2.5-14b-l40s > mine.yaml"})
final class ProfilesCommand implements Callable<Integer> {
    private static final int CONTEXT_TOKENS = 1024;
    private static final int CHUNK_TOKENS = 2048;
    private static final int BATCH = 64;

    private final Surroundings surroundings;

    @Parameters(arity = "0..1", paramLabel = "NAME|FILE", description = "The profile to print.")
    private @Nullable String name;

    ProfilesCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return name == null ? list() : print(name);
    }

    private int list() {
        Terminal terminal = surroundings.terminal();
        var rows = EngineProfiles.all().stream().map(ProfilesCommand::row).toList();
        new Columns(List.of("Profile", "KV tokens", "1 seq", "64 seqs", "Chunk", "Linear layers"), rows)
                .lines(terminal.results().width())
                .forEach(terminal::printLine);
        terminal.printLine("");
        terminal.printLine("Milliseconds of a step: 1 and 64 decoding sequences of 1,024 tokens; 2,048 tokens of one prompt.");
        terminal.printLine("");
        terminal.printLine("For mock-engine only:");
        terminal.printLine("  embedding:");
        EmbeddingProfiles.all().forEach(profile -> terminal.printLine("    " + profile.name()));
        terminal.printLine("  several models on one card:");
        MultiModelProfiles.all().forEach(profile -> terminal.printLine("    " + profile.name()));
        return ExitCode.DONE;
    }

    private static List<String> row(EngineProfile profile) {
        boolean isProfiled = EngineProfiles.find(profile.name()) instanceof Found found && found.rules().isProfiled();
        var step = profile.stepTime();
        return List.of(
                profile.name(),
                Long.toString(profile.kvTokens()),
                millis(step.nanos(1, 1, CONTEXT_TOKENS, 0, 0, 1)),
                millis(step.nanos(BATCH, BATCH, (long) BATCH * CONTEXT_TOKENS, 0, 0, BATCH)),
                millis(step.nanos(CHUNK_TOKENS, 1, 0, 1, CHUNK_TOKENS * (CHUNK_TOKENS / 2.0), 1)),
                isProfiled ? "profiled" : "derived");
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
    }

    private int print(String wanted) {
        Terminal terminal = surroundings.terminal();
        List<Problem> problems = ConfigDraft.problemsWithProfile(wanted, new Origin.Option("profiles"));
        if (!problems.isEmpty()) {
            problems.forEach(problem -> terminal.say(problem.toString()));
            return ExitCode.WRONG_USAGE;
        }
        terminal.print(
                EngineProfiles.find(wanted) instanceof Found found
                        ? EngineProfileYaml.of(found)
                        : EngineProfileYaml.of(
                                ProfileSource.find(wanted).orElseThrow(),
                                List.of("What " + wanted + " comes to, with everything that it derives.", "")));
        return ExitCode.DONE;
    }
}
