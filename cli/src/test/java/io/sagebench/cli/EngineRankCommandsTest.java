package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `engine dashboard` and `engine leaderboard` on files as `engine run` writes them.
class EngineRankCommandsTest {
    @TempDir
    private Path directory = Path.of("unset");

    private final CommandLineHarness line = new CommandLineHarness();

    private String at(String name) {
        return directory.resolve(name).toString();
    }

    private Path summary(String name, double ttft, String startedAt) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, """
                {"workloads": {"short_input": {"avg_ttft_ms": %s, "output_throughput_tps": 190.0, "total_requests": 5, "successful_requests": 5}},
                 "run": {"backend": "mock", "simulated": true, "model": "m", "mode": "traffic", "dataset": "default", "seed": 42, "started_at": "%s",
                   "workloads": [{"name": "short_input", "prompt_tokens": 128}]}}
                """.formatted(ttft, startedAt));
        return file;
    }

    @Test
    void ranksTheRunsBelowAFolder() throws IOException {
        summary("results/slow/benchmark_summary.json", 90, "2026-01-01T00:00:00Z");
        summary("results/fast/benchmark_summary.json", 10, "2026-01-01T00:00:00Z");
        Files.writeString(directory.resolve("results/fast/short_input_metrics.json"),
                "{\"avg_ttft_ms\": 10.0, \"output_throughput_tps\": 190.0, \"total_requests\": 5, \"successful_requests\": 5}");
        Files.writeString(directory.resolve("results/broken.json"), "{");
        assertThat(line.execute("engine", "dashboard", "--results", at("results"), "--output", at("page.html"), "--title", "A & B",
                        "--sort-by", "ttft_ms"))
                .isZero();
        assertThat(line.out()).contains("(2 rows)");
        assertThat(line.err()).contains("broken.json is left out: it is no JSON");
        String page = Files.readString(directory.resolve("page.html"));
        assertThat(page).contains("<title>A &amp; B</title>");
        assertThat(page.indexOf("data-v=\"fast\"")).isPositive().isLessThan(page.indexOf("data-v=\"slow\""));
    }

    @Test
    void aPageIsNotReplacedByItself() throws IOException {
        summary("results/benchmark_summary.json", 90, "2026-01-01T00:00:00Z");
        Files.writeString(directory.resolve("page.html"), "mine");
        assertThat(line.execute("engine", "dashboard", "--results", at("results"), "-o", at("page.html"), "--sort-by", "ttft")).isEqualTo(2);
        assertThat(line.err()).contains("is there already; --force replaces it").contains("--sort-by: must be one of throughput_tps");
        assertThat(directory.resolve("page.html")).hasContent("mine");
        assertThat(line.execute("engine", "dashboard", "--results", at("results"), "-o", at("page.html"), "--force")).isZero();
        assertThat(Files.readString(directory.resolve("page.html"))).contains("mock (simulated)");
    }

    @Test
    void noResultsAreSaidAndAreNoFailure() {
        assertThat(line.execute("engine", "dashboard", "--results", at("nowhere"), "-o", at("page.html"))).isZero();
        assertThat(line.err()).contains("No results below").contains("engine run");
        assertThat(directory.resolve("page.html")).doesNotExist();
    }

    @Test
    void aLeaderboardIsWrittenMergedAndChecked() throws IOException {
        String first = summary("a.json", 10, "2026-01-01T00:00:00Z").toString();
        String later = summary("b.json", 90, "2026-02-01T00:00:00Z").toString();
        String board = at("out/leaderboard.json");
        assertThat(line.execute("engine", "leaderboard", "-i", first, "-o", board)).isZero();
        assertThat(line.execute("engine", "leaderboard", "--check", board)).isZero();
        assertThat(line.out()).contains("valid, 1 entry");
        assertThat(line.execute("engine", "leaderboard", "-i", later, "-o", board)).isEqualTo(2);
        assertThat(line.err()).contains("--merge adds to it, --force replaces it");
        assertThat(line.execute("engine", "leaderboard", "-i", later, "-o", board, "--merge")).isZero();
        assertThat(line.out()).contains("1 entry (0 new, 1 replaced, 0 older");
        assertThat(line.execute("engine", "leaderboard", "-i", first, "-o", board, "--merge")).isZero();
        assertThat(Files.readString(Path.of(board))).contains("\"avg_ttft_ms\": 90");
        assertThat(line.execute("engine", "leaderboard", "--check", board)).isZero();
    }

    @Test
    void aChangedFileIsFoundAndNotAddedTo() throws IOException {
        String results = summary("a.json", 10, "2026-01-01T00:00:00Z").toString();
        Path board = directory.resolve("leaderboard.json");
        assertThat(line.execute("engine", "leaderboard", "-i", results, "-o", board.toString())).isZero();
        Files.writeString(board, Files.readString(board).replace("\"avg_ttft_ms\": 10", "\"avg_ttft_ms\": 1"));
        assertThat(line.execute("engine", "leaderboard", "--check", board.toString())).isEqualTo(1);
        assertThat(line.err()).contains("leaderboard_manifest.json: sha256 is");
        assertThat(line.execute("engine", "leaderboard", "-i", results, "-o", board.toString(), "--merge")).isEqualTo(2);
        assertThat(line.execute("engine", "leaderboard", "--check", at("none.json"))).isEqualTo(1);
        assertThat(line.execute("engine", "leaderboard", "-i", results, "-o", at("second.json"))).isEqualTo(2);
        assertThat(line.err()).contains("is about leaderboard.json; choose another folder");
    }

    @Test
    void resultsThatDoNotSayWhatWasMeasuredAreNoEntry() throws IOException {
        Path file = directory.resolve("bare.json");
        Files.writeString(file, "{\"total_requests\": 5, \"successful_requests\": 5}");
        assertThat(line.execute("engine", "leaderboard", "-i", file.toString(), "-o", at("leaderboard.json"))).isEqualTo(1);
        assertThat(line.err()).contains("the results do not say the run's model").contains("nothing was written");
        assertThat(line.execute("engine", "leaderboard", "-i", at("missing.json"), "-o", at("leaderboard.json"))).isEqualTo(2);
        assertThat(line.execute("engine", "leaderboard", "--check", at("x"), "--merge", "--force")).isEqualTo(2);
        assertThat(directory.resolve("leaderboard.json")).doesNotExist();
    }
}
