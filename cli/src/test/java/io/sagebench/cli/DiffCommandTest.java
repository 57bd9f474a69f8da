package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.Benchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `diff` on files that `run` and `compare` wrote from simulations.
class DiffCommandTest {
    @TempDir
    private Path directory = Path.of("unset");

    private final CommandLineHarness line = new CommandLineHarness(new Benchmark());

    @Test
    void theSameRunTwiceIsNoRegression() {
        String a = run("a.json", "-n", "300");
        String b = run("b.json", "-n", "300");
        assertThat(line.execute("diff", a, b)).isZero();
        assertThat(line.out())
                .contains("fifo: the same requests, compared pair by pair")
                .contains("| p99_e2e")
                .doesNotContain("worse");
        assertThat(line.err()).isEmpty();
    }

    @Test
    void aSlowerServerIsARegression() {
        String a = run("a.json", "-n", "300");
        String b = run("b.json", "-n", "300", "--faults", "slow:1.05x");
        assertThat(line.execute("diff", a, b)).isEqualTo(1);
        assertThat(line.err()).contains("Regression: fifo, mean_e2e +");
        assertThat(line.execute("diff", b, a)).as("faster is none").isZero();
        assertThat(line.out()).contains("better");
    }

    @Test
    void aGateAllowsWhatItSays() {
        String a = run("a.json", "-n", "300");
        String b = run("b.json", "-n", "300", "--faults", "slow:1.05x");
        assertThat(line.execute("diff", a, b, "--max-regression", "mean_tbt=2%")).isEqualTo(1);
        assertThat(line.execute("diff", a, b, "--max-regression", "mean_tbt=0.5")).isZero();
        assertThat(line.execute("diff", a, b, "--max-regression", "throughput=10%")).isZero();
    }

    @Test
    void differentLoadsAreComparedAsTwoSamples() {
        String a = run("a.json", "-n", "300");
        String b = run("b.json", "-n", "300", "--seed", "7");
        assertThat(line.execute("diff", a, b)).isZero();
        assertThat(line.out())
                .contains("different requests, compared as two samples")
                .contains("same --seed and load are compared pair by pair");
    }

    @Test
    void readsTheRecordsFileOfALargeRun() throws IOException {
        String a = run("a.json", "-n", "11000", "--output-len", "2-4");
        assertThat(Files.readString(Path.of(a))).contains("\"records_file\": \"a_requests.jsonl\"");
        assertThat(line.execute("diff", a, a)).isZero();
        assertThat(line.out()).contains("the same requests");
        Files.delete(directory.resolve("a_requests.jsonl"));
        assertThat(line.execute("diff", a, a)).isEqualTo(2);
        assertThat(line.err()).contains("a_requests.jsonl: there is no such file");
    }

    @Test
    void saysAllThatIsWrongAtOnce() throws IOException {
        Path other = Files.writeString(directory.resolve("other.json"), "{\"version\": \"1.0\", \"policy_results\": {}}");
        Path broken = Files.writeString(directory.resolve("broken.json"), "{\"version\":");
        Path list = Files.writeString(directory.resolve("list.json"), "[1]");
        assertThat(line.execute("diff", other.toString(), broken.toString(), "--max-regression", "p99_tft=5%,mean_e2e=-1", "--format", "xml"))
                .isEqualTo(2);
        assertThat(line.err())
                .contains("--max-regression: unknown figure 'p99_tft'; did you mean 'p99_ttft'?")
                .contains("--max-regression: mean_e2e must be a share from 0, such as 5% or 0.05, but is '-1'")
                .contains("--format: must be table or json, but is 'xml'")
                .contains("other.json: has layout '1.0', but '2.0' is needed")
                .contains("broken.json: is not JSON");
        assertThat(line.execute("diff", list.toString(), directory.resolve("none.json").toString())).isEqualTo(2);
        assertThat(line.err()).contains("list.json: is no report of ours").contains("none.json: there is no such file");
    }

    @Test
    void aPolicyThatAFileLacksIsNamed() {
        String a = run("a.json", "-n", "20");
        assertThat(line.execute("diff", a, a, "-p", "sjf_pred")).isEqualTo(2);
        assertThat(line.err()).contains("has no policy 'sjf_pred'; it has fifo");
    }

    @Test
    void tooFewRequestsAreNotJudged() {
        String a = run("a.json", "-n", "20");
        assertThat(line.execute("diff", a, a, "--max-regression", "p99_ttft=5%")).isZero();
        assertThat(line.err()).contains("fifo: p99_ttft could not be judged, because 20 samples are too few, 299 are needed");
    }

    @Test
    void writesJson() {
        String a = run("a.json", "-n", "100");
        assertThat(line.execute("diff", a, a, "--format", "json")).isZero();
        assertThat(line.out()).startsWith("{").contains("\"regressions\" : 0").contains("\"verdict\" : \"no_difference_found\"");
    }

    private String run(String name, String... more) {
        String file = directory.resolve(name).toString();
        var arguments = new ArrayList<>(List.of("run", "--simulate", "-q", "-r", "20", "-o", file, "-w", "0"));
        arguments.addAll(List.of(more));
        assertThat(line.execute(arguments.toArray(String[]::new))).as(line.err()).isZero();
        return file;
    }
}
