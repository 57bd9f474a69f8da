package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `engine regress` and `engine contract` on files as `engine run` writes them.
class EngineGatesTest {
    @TempDir
    private Path directory = Path.of("unset");

    private final CommandLineHarness line = new CommandLineHarness();

    private String file(String name, double ttft, String model) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, """
                {"workloads": {"short_input": {"avg_ttft_ms": %s, "avg_tbt_ms": 5.0, "avg_tpot_ms": 5.1, "avg_throughput_tps": 190.0,
                  "peak_mem_mb": 100, "error_rate": 0.0, "total_requests": 5, "successful_requests": 5, "failed_requests": 0}},
                 "overall": {"total_requests": 5}, "run": {"backend": "mock", "model": "%s"}}
                """.formatted(ttft, model));
        return file.toString();
    }

    @Test
    void nothingChanged() throws IOException {
        assertThat(line.execute("engine", "regress", "-b", file("a.json", 10, "m"), "-i", file("b.json", 10.2, "m"))).isZero();
        assertThat(line.out()).contains("no regression (").contains("short_input");
        assertThat(line.err()).isEmpty();
    }

    @Test
    void aSlowerEngineFailsTheGate() throws IOException {
        String a = file("a.json", 10, "m");
        String b = file("b.json", 12, "m");
        assertThat(line.execute("engine", "regress", "-b", a, "-i", b, "--format", "markdown")).isEqualTo(1);
        assertThat(line.out()).startsWith("### Engine benchmark: FAILED").contains("| short_input | avg_ttft_ms | 10.00 ms | 12.00 ms | +20.0 % |");
        assertThat(line.execute("engine", "regress", "-b", a, "-i", b, "--critical", "25%")).isZero();
        assertThat(line.execute("engine", "regress", "-b", a, "-i", b, "--critical", "25%", "--strict")).isEqualTo(1);
        assertThat(line.execute("engine", "regress", "-b", a, "-i", b, "--expected", "short_input.avg_ttft_ms")).isZero();
        assertThat(line.execute("engine", "regress", "-b", a, "-i", b, "--figures", "avg_tbt_ms")).isZero();
    }

    @Test
    void anotherModelIsNotCompared() throws IOException {
        String a = file("a.json", 10, "m");
        String b = file("b.json", 10, "other");
        assertThat(line.execute("engine", "regress", "-b", a, "-i", b)).isEqualTo(2);
        assertThat(line.err()).contains("model is other, but was m in the baseline").contains("--allow-different");
        assertThat(line.execute("engine", "regress", "-b", a, "-i", b, "--allow-different")).isZero();
    }

    @Test
    void savesABaselineAndDoesNotReplaceOneByItself() throws IOException {
        String now = file("now.json", 10, "m");
        Path baseline = directory.resolve("kept/baseline.json");
        assertThat(line.execute("engine", "regress", "--save", "-b", baseline.toString(), "-i", now)).isZero();
        assertThat(baseline).hasSameTextualContentAs(Path.of(now));
        assertThat(line.execute("engine", "regress", "--save", "-b", baseline.toString(), "-i", now)).isEqualTo(2);
        assertThat(line.err()).contains("is there already; --force replaces it");
        assertThat(line.execute("engine", "regress", "--save", "--force", "-b", baseline.toString(), "-i", now)).isZero();
    }

    @Test
    void allMistakesAreSaidAtOnce() throws IOException {
        String broken = directory.resolve("broken.json").toString();
        Files.writeString(Path.of(broken), "{\"workloads\": ");
        assertThat(line.execute("engine", "regress", "-b", broken, "-i", "missing.json", "--warn", "many", "--critical", "0",
                        "--figures", "avg_tft_ms", "--expected", "avg_ttft", "--format", "pdf", "--force"))
                .isEqualTo(2);
        assertThat(line.errLines()).hasSize(8);
        assertThat(line.err())
                .contains("Invalid JSON file: " + broken)
                .contains("File not found: missing.json. Run the benchmark first")
                .contains("--warn: must be a share above 0 such as 5% or 0.05, but is 'many'")
                .contains("unknown figure 'avg_tft_ms'; did you mean 'avg_ttft_ms'?");
    }

    @Test
    void anExpectedChangeOfAWorkloadThatIsNotThere() throws IOException {
        assertThat(line.execute("engine", "regress", "-b", file("a.json", 10, "m"), "-i", file("b.json", 10, "m"),
                        "--expected", "short.avg_ttft_ms"))
                .isEqualTo(2);
        assertThat(line.err()).contains("the baseline has no workload 'short'; it has short_input");
    }

    @Test
    void contractsOfTheYears() throws IOException {
        String file = file("a.json", 10, "m");
        assertThat(line.execute("engine", "contract", "-i", file)).isZero();
        assertThat(line.out()).contains("short_input: Contract YEAR1: PASSED (6/6 checks passed)").contains("  ok    avg_ttft_ms 10 <= 100");
        assertThat(line.execute("engine", "contract", "-i", file, "--contract", "year2")).isEqualTo(1);
        assertThat(line.out()).contains("  FAIL  prefix_hit_rate was not measured (prefix_hit_rate >= 0.7)");
        assertThat(line.execute("engine", "contract", "-i", file, "--contract", "year3", "--format", "json")).isEqualTo(1);
        assertThat(line.out()).contains("\"summary\" : \"Contract YEAR3: FAILED (4/8 checks passed)\"");
    }

    @Test
    void aContractWithoutDataFails() throws IOException {
        Path empty = directory.resolve("empty.json");
        Files.writeString(empty, "{\"workloads\": {}}");
        assertThat(line.execute("engine", "contract", "-i", empty.toString())).isEqualTo(1);
        assertThat(line.err()).contains("nothing was checked");
        assertThat(line.execute("engine", "contract", "-i", empty.toString(), "--contract", "year5")).isEqualTo(2);
        assertThat(line.execute("engine", "contract", "-i", directory.resolve("none.json").toString())).isEqualTo(2);
    }
}
