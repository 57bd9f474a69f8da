package io.sagebench.cli;

import io.sagebench.report.engine.EngineSummary;
import io.sagebench.report.engine.rank.Leaderboard;
import io.sagebench.report.engine.rank.LeaderboardEntry;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Writes measurements as a leaderboard, and checks one.
@Command(
        name = "leaderboard",
        description = "Writes the measurements of a run as a leaderboard that others can check, or checks one.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Nothing is sent anywhere. leaderboard_manifest.json beside the file has its digest.",
            "Exit code 1 when there is nothing to write, or --check finds a mistake; 2 when a file cannot be used.",
            "Example: sage-bench engine leaderboard --input benchmark_results/benchmark_summary.json -o leaderboard.json --merge"
        })
final class EngineLeaderboardCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = {"-i", "--input"}, paramLabel = "FILE", order = 0, description = "Default: benchmark_results/benchmark_summary.json.")
    private @Nullable Path input;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", order = 1, description = "Default: leaderboard.json.")
    private @Nullable Path output;

    @Option(
            names = "--merge",
            order = 2,
            description = "Puts the entries into the file that is there: of two measurements of the same thing the later one stays.")
    private boolean merge;

    @Option(names = "--force", order = 3, description = "Replaces the file that is there.")
    private boolean force;

    @Option(names = "--check", paramLabel = "FILE", order = 4, description = "Checks this leaderboard and its manifest; writes nothing.")
    private @Nullable Path check;

    EngineLeaderboardCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (merge && force) {
            surroundings.terminal().say("--merge and --force: one keeps what is there, the other replaces it; give one of them");
            return ExitCode.WRONG_USAGE;
        }
        if (check != null) {
            if (input != null || output != null || merge || force) {
                surroundings.terminal().say("--check: only reads a file; leave --input, --output, --merge and --force out");
                return ExitCode.WRONG_USAGE;
            }
            return checked(check);
        }
        return exported(input == null ? EngineSummaryFile.USUAL : input, output == null ? Path.of(Leaderboard.FILE) : output);
    }

    private int checked(Path file) {
        Terminal terminal = surroundings.terminal();
        return switch (LeaderboardFile.read(file)) {
            case Leaderboard.Reading.Valid(Leaderboard board) -> {
                terminal.printLine(file + ": valid, " + count(board.entries().size()));
                yield ExitCode.DONE;
            }
            case Leaderboard.Reading.Broken(List<String> problems) -> {
                problems.forEach(problem -> terminal.say(file + ": " + problem));
                yield ExitCode.MISSED;
            }
        };
    }

    private int exported(Path from, Path to) {
        Terminal terminal = surroundings.terminal();
        var problems = new ArrayList<String>();
        LeaderboardEntry.Exported exported = entries(from, problems);
        Leaderboard before = before(to, problems);
        if (!problems.isEmpty()) {
            problems.forEach(terminal::say);
            return ExitCode.WRONG_USAGE;
        }
        exported.refused().forEach(why -> terminal.say(from + ": no entry: " + why));
        if (exported.entries().isEmpty()) {
            terminal.say(from + ": nothing for a leaderboard, so nothing was written");
            return ExitCode.MISSED;
        }
        Leaderboard.Merged merged = before.with(exported.entries());
        try {
            LeaderboardFile.write(to, merged.leaderboard(), merge || force);
        } catch (FileAlreadyExistsException there) {
            terminal.say("--output: " + there.getFile() + " is there already; --merge adds to it, --force replaces it");
            return ExitCode.WRONG_USAGE;
        } catch (IOException failed) {
            terminal.say("--output: " + to + " cannot be written: " + BenchmarkRun.reason(failed));
            return ExitCode.COULD_NOT_RUN;
        }
        terminal.printLine("Leaderboard: " + to + ", " + count(merged.leaderboard().entries().size()) + " (" + merged.added() + " new, "
                + merged.replaced() + " replaced, " + merged.kept() + " older than what is there)");
        return ExitCode.DONE;
    }

    private static LeaderboardEntry.Exported entries(Path from, List<String> problems) {
        try {
            EngineSummary summary = EngineSummaryFile.read(from);
            return LeaderboardEntry.of(summary);
        } catch (EngineSummaryFile.Unusable unusable) {
            problems.add(unusable.reason());
            return new LeaderboardEntry.Exported(List.of(), List.of());
        }
    }

    /// What entries are put into. A file that is broken is not added to: its mistakes would get a fresh digest.
    private Leaderboard before(Path to, List<String> problems) {
        var empty = new Leaderboard(List.of());
        if (!force) {
            LeaderboardFile.otherManifest(to).ifPresent(problems::add);
        }
        if (!Files.exists(to) || force) {
            return empty;
        }
        if (!merge) {
            problems.add("--output: " + to + " is there already; --merge adds to it, --force replaces it");
            return empty;
        }
        return switch (LeaderboardFile.read(to)) {
            case Leaderboard.Reading.Valid(Leaderboard board) -> board;
            case Leaderboard.Reading.Broken(List<String> broken) -> {
                broken.forEach(problem -> problems.add("--merge: " + to + ": " + problem));
                yield empty;
            }
        };
    }

    private static String count(int entries) {
        return entries + (entries == 1 ? " entry" : " entries");
    }
}
