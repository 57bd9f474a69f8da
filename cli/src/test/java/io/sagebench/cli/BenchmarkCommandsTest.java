package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.Target;
import io.sagebench.request.Outcome;
import io.sagebench.workload.WorkloadSpec.Load;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkCommandsTest {
    @TempDir
    private Path directory = Path.of("unset");

    private final CommandLineHarness line = new CommandLineHarness();

    @Test
    void anOptionGivenTwiceIsRefusedInsteadOfForgettingOthers() {
        assertThat(line.execute("run", "-r", "20", "-n", "11", "--rate=60")).isEqualTo(2);
        assertThat(line.err()).contains("--rate: is given twice");
        assertThat(line.execute("run", "-n5", "-n", "6")).isEqualTo(2);
        assertThat(line.err()).contains("--requests: is given twice");
        assertThat(line.benchmarks.ran()).isEmpty();
        assertThat(line.execute("run", "-p", "priority", "--policy-param", "aging_ms=5", "--policy-param", "preemption=on", "-o", directory.toString()))
                .as("one that takes several values")
                .isZero();
    }

    @Test
    void comparesAndLeavesATableAndThreeFiles() {
        Path output = directory.resolve("out");
        assertThat(line.execute("compare", "-p", "fifo,slo_aware", "-n", "2", "-r", "5", "-o", output.toString())).isZero();
        assertThat(line.out())
                .startsWith("Target: simulated (virtual time), 1 x test-engine\n====")
                .contains("Config: 2 requests @ 5 req/s | Models: default")
                .contains("| fifo      |")
                .contains("| slo_aware |")
                .endsWith("Report:   " + output.resolve("report_20260102_030405.json") + "\n"
                        + "Summary:  " + output.resolve("summary_20260102_030405.csv") + "\n"
                        + "Requests: " + output.resolve("requests_20260102_030405.jsonl") + "\n");
        assertThat(output).isDirectoryContaining("glob:**.json").isDirectoryContaining("glob:**.csv").isDirectoryContaining("glob:**.jsonl");
        assertThat(line.errLines().getFirst()).isEqualTo("Target: simulated (virtual time), 1 x test-engine");
    }

    @Test
    void measuresOnePolicyWithRun() {
        assertThat(line.execute("run", "--policy", "priority", "--simulate", "-o", directory.toString())).isZero();
        assertThat(line.benchmarks.ran()).singleElement().satisfies(config -> {
            assertThat(config.policies()).containsExactly("priority");
            assertThat(config.target()).isEqualTo(new Target.Simulated());
        });
    }

    @Test
    void printsOnlyTheResultsWhenQuiet() {
        assertThat(line.execute("compare", "-q", "-o", directory.toString())).isZero();
        assertThat(line.err()).isEmpty();
        assertThat(line.out()).contains("| fifo ");
    }

    @Test
    void prefersOptionThenEnvironmentThenFile() throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), "control_plane_url: http://file:1\nnum_requests: 7\nseed: 5\n");
        line.environment.put("SAGE_CONTROL_PLANE_URL", "http://environment:2");
        assertThat(line.execute("run", "--config", file.toString(), "-n", "9", "-o", directory.toString())).isZero();
        assertThat(line.benchmarks.ran()).singleElement().satisfies(config -> {
            assertThat(config.target()).isEqualTo(new Target.Http(URI.create("http://environment:2")));
            assertThat(config.workload().load()).isEqualTo(Load.poisson(9, 10));
            assertThat(config.seed()).isEqualTo(5);
        });
    }

    @Test
    void tellsAllMistakesAtOnceAndRunsNothing() {
        Path output = directory.resolve("out");
        assertThat(line.execute("compare", "-p", "slo-awre", "-r", "-3", "-n", "0", "--prompt-len", "9-1", "-o", output.toString()))
                .isEqualTo(2);
        assertThat(line.errLines())
                .containsExactlyInAnyOrder(
                        "--policies: unknown policy 'slo-awre'; did you mean 'slo_aware'? 'sage-bench policies' lists them all",
                        "--rate: must be above 0 requests/s, but is -3",
                        "--requests: must be a whole number of at least 1, but is 0",
                        "--prompt-len: must have the shortest first, but is 9-1");
        assertThat(line.benchmarks.ran()).isEmpty();
        assertThat(output).doesNotExist();
    }

    @Test
    void namesTheLineOfAMistakeInAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), "seed: 1\nrequest_rate: -3\n");
        assertThat(line.execute("run", "--config", file.toString())).isEqualTo(2);
        assertThat(line.errLines()).containsExactly(file + ", line 2: request_rate must be above 0 requests/s, but is -3");
    }

    @Test
    void findsAPlaceThatCannotBeWrittenToBeforeTheLoad() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(line.execute("run", "-o", file.resolve("below").toString())).isEqualTo(2);
        assertThat(line.errLines()).singleElement().asString().startsWith("--output: cannot write into " + file.resolve("below") + ": ");
        assertThat(line.execute("run", "-o", file.toString())).isEqualTo(2);
        assertThat(line.errLines()).containsExactly("--output: " + file + " is a file; give a directory, or a name that ends in .json");
        assertThat(line.benchmarks.ran()).isEmpty();
    }

    @Test
    void overwritesAReportOnlyWhenForced() {
        String report = directory.resolve("mine.json").toString();
        assertThat(line.execute("run", "-o", report)).isZero();
        assertThat(line.execute("run", "-o", report)).isEqualTo(2);
        assertThat(line.errLines())
                .containsExactly("--output: " + report + " is there already; give another name, or --force to replace it");
        assertThat(line.execute("run", "-o", report, "--force")).isZero();
    }

    @Test
    void endsWithOneWhenNoRequestSucceeded() {
        line.benchmarks.endRequestsWith(new Outcome.ConnectionFailed("refused"));
        assertThat(line.execute("compare", "-o", directory.toString())).isEqualTo(1);
        assertThat(line.out()).contains("Best: none, because no request succeeded");
    }

    @Test
    void endsWithThreeAndLeavesNothingWhenItCouldNotRun() {
        line.benchmarks.refuse("no control plane answers at http://127.0.0.1:9");
        Path output = directory.resolve("out");
        assertThat(line.execute("run", "-c", "http://127.0.0.1:9", "-o", output.toString())).isEqualTo(3);
        assertThat(line.errLines()).containsExactly("no control plane answers at http://127.0.0.1:9");
        assertThat(output).doesNotExist();
    }

    @Test
    void writesWhatWasMeasuredOnInterrupt() throws IOException {
        line.interruptAtOnce = true;
        assertThat(line.execute("compare", "-o", directory.resolve("r.json").toString())).isEqualTo(130);
        assertThat(line.out()).contains("Interrupted: the figures are of what was measured until then.");
        assertThat(Files.readString(directory.resolve("r.json"))).contains("\"interrupted\": true").contains("\"fifo\"").doesNotContain("\"slo_aware\": {");
        assertThat(Files.readAllLines(directory.resolve("r_requests.jsonl"))).hasSize(2);
    }

    @Test
    void neverShowsTheApiKey() throws IOException {
        assertThat(line.execute("run", "--api-key", "sk-secret", "-o", directory.resolve("r.json").toString())).isZero();
        assertThat(line.out() + line.err()).doesNotContain("sk-secret");
        assertThat(Files.readString(directory.resolve("r.json")))
                .doesNotContain("sk-secret")
                .contains("\"command\": \"sage-bench run --api-key (hidden) -o ");
    }

    @Test
    void showsWhereItFailedOnlyWithDebug() {
        line.benchmarks.failWith(new IllegalStateException("a bug"));
        assertThat(line.execute("run", "-o", directory.toString())).isEqualTo(3);
        assertThat(line.errLines())
                .containsExactly("sage-bench: internal error: java.lang.IllegalStateException: a bug; run it again with --debug to see where");
        assertThat(line.execute("run", "--debug", "-o", directory.toString())).isEqualTo(3);
        assertThat(line.err()).contains("\tat io.sagebench.");
        assertThat(directory).isEmptyDirectory();
    }
}
