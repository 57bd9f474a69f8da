package io.sagebench.cli;

import io.sagebench.report.NewFile;
import io.sagebench.report.engine.rank.Leaderboard;
import io.sagebench.report.engine.rank.LeaderboardManifest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A leaderboard and the manifest beside it.
final class LeaderboardFile {
    private LeaderboardFile() {}

    /// Reads both, and checks that they are sound and belong together.
    static Leaderboard.Reading read(Path file) {
        var problems = new ArrayList<String>();
        Optional<String> text = text(file, problems);
        Optional<String> manifest = text(manifest(file), problems);
        Leaderboard.Reading reading = text.map(Leaderboard::read).orElseGet(() -> new Leaderboard.Reading.Broken(List.of()));
        switch (reading) {
            case Leaderboard.Reading.Broken(List<String> broken) -> problems.addAll(broken);
            case Leaderboard.Reading.Valid(Leaderboard board) -> manifest.ifPresent(there -> {
                var truth = LeaderboardManifest.of(name(file), text.orElseThrow().getBytes(StandardCharsets.UTF_8), board);
                LeaderboardManifest.read(there)
                        .ifPresentOrElse(given -> problems.addAll(given.differences(truth)), () -> problems.add(LeaderboardManifest.FILE + " is no JSON object"));
            });
        }
        return problems.isEmpty() ? reading : new Leaderboard.Reading.Broken(List.copyOf(problems));
    }

    /// Why a leaderboard cannot go there: the manifest is about another one.
    static Optional<String> otherManifest(Path file) {
        return text(manifest(file), new ArrayList<>())
                .flatMap(LeaderboardManifest::read)
                .map(LeaderboardManifest::file)
                .filter(other -> !other.equals(name(file)))
                .map(other -> "--output: " + manifest(file) + " is about " + other + "; choose another folder, or --force replaces it");
    }

    /// Writes both.
    static void write(Path file, Leaderboard board, boolean replace) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        byte[] content = board.text().getBytes(StandardCharsets.UTF_8);
        String manifest = LeaderboardManifest.of(name(file), content, board).text();
        NewFile.write(file, content, replace);
        NewFile.write(manifest(file), manifest.getBytes(StandardCharsets.UTF_8), true); // of the file that was just written
    }

    private static Optional<String> text(Path file, List<String> problems) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException _) {
            problems.add(name(file) + " is not there");
        } catch (CharacterCodingException _) {
            problems.add(name(file) + " is not UTF-8 text");
        } catch (IOException failed) {
            problems.add(name(file) + " cannot be read: " + failed.getClass().getSimpleName());
        }
        return Optional.empty();
    }

    private static Path manifest(Path file) {
        return file.resolveSibling(LeaderboardManifest.FILE);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
