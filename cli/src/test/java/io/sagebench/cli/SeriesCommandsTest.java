package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.experiment.Loads;
import io.sagebench.request.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `sweep`, `experiment` and `capacity`.
class SeriesCommandsTest {
    @TempDir
    private Path directory = Path.of("unset");

    private final CommandLineHarness line = new CommandLineHarness();

    @Test
    void sweepsOverRatesAndLeavesTheDocumentedFile() throws IOException {
        assertThat(line.execute("sweep", "--mode", "llm", "--policy", "fifo", "--rates", "10,2.5", "-o", directory.toString())).isZero();
        assertThat(rates()).containsExactly(10.0, 2.5);
        assertThat(line.out())
                .contains("Config: 100 requests at each rate")
                .contains("| Rate      | Throughput | P99 E2E | SLO Rate | Errors |")
                .contains("Knee: fifo serves ")
                .contains("Results: " + directory.resolve("rate_sweep_llm_fifo.json"));
        assertThat(read("rate_sweep_llm_fifo.json").propertyNames()).containsExactly("2.5", "10.0");
        assertThat(read("sweep_20260102_030405.json").at("/config/request_rates").size()).isEqualTo(2);
        assertThat(line.execute("sweep", "-o", directory.toString())).as("the same again").isZero();
        assertThat(directory.resolve("rate_sweep_llm_fifo_2.json")).exists();
    }

    @Test
    void sweepsSeveralPoliciesInHybridModeAtTheUsualRates() {
        assertThat(line.execute("sweep", "-m", "hybrid", "-p", "fifo,hybrid_slo", "-o", directory.toString())).isZero();
        assertThat(rates()).containsExactly(10.0, 50.0, 100.0, 200.0);
        assertThat(line.out()).contains("| LLM RPS | Embed RPS |");
        assertThat(directory.resolve("rate_sweep_hybrid_hybrid_slo.json")).exists();
    }

    @Test
    void takesTheShortOptionAsRatesToo() {
        assertThat(line.execute("sweep", "-r", "5,7", "-o", directory.toString())).isZero();
        assertThat(rates()).containsExactly(5.0, 7.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",,     | has an empty place in ',,'; it wants numbers such as 10,50,100",
                "0      | must be above 0 requests/s and at most a billion, but is 0",
                "-3     | must be above 0 requests/s and at most a billion, but is -3",
                "1,NaN  | must be a number above 0 requests/s and at most a billion, but is 'NaN'",
                "10,10.0| must name each only once, but names 10.0 twice",
                "1e99   | must be above 0 requests/s and at most a billion, but is 1e99",
            })
    void refusesRatesThatAreNoneBeforeAnythingIsSent(String rates, String message) {
        Path output = directory.resolve("out");
        assertThat(line.execute("sweep", "--rates", rates.strip(), "-o", output.toString())).isEqualTo(2);
        assertThat(line.errLines()).containsExactly("--rates: " + message.strip());
        assertThat(line.benchmarks.ran()).isEmpty();
        assertThat(output).doesNotExist();
    }

    @Test
    void tellsAllMistakesOfASweepAtOnce() {
        assertThat(line.execute("sweep", "--rates", "0", "-p", "fito", "-n", "0", "--fail-on", "slo")).isEqualTo(2);
        assertThat(line.errLines()).hasSize(4);
        assertThat(line.execute("sweep", "--arrival", "batch")).isEqualTo(2);
        assertThat(line.errLines()).containsExactly("--rates: has no effect with --arrival batch, which sends everything at once");
        assertThat(line.execute("sweep", "--rates", "5", "-r", "7")).isEqualTo(2);
        assertThat(line.errLines()).containsExactly("--rate: has no effect with --rates");
    }

    @Test
    void writesWhatWasSweptOnInterrupt() throws IOException {
        line.benchmarks.interruptDuring(2);
        assertThat(line.execute("sweep", "--rates", "5,6,7", "-n", "2", "-o", directory.toString())).isEqualTo(130);
        assertThat(rates()).containsExactly(5.0, 6.0);
        assertThat(line.out()).contains("| 6 req/s (cut short) |").contains("Incomplete: interrupted; the figures are of what was measured until then");
        assertThat(read("rate_sweep_llm_fifo.json").at("/6.0/cut_short").booleanValue()).isTrue();
        assertThat(read("sweep_20260102_030405.json").at("/run/interrupted").booleanValue()).isTrue();
    }

    @Test
    void leavesOutOfAnExperimentWhatWasCutShort() throws IOException {
        line.benchmarks.interruptDuring(2);
        assertThat(line.execute("experiment", "-e", "throughput", "-p", "fifo", "-n", "2", "-o", directory.toString())).isEqualTo(130);
        JsonNode result = read("throughput_result.json");
        assertThat(result.get("results").size()).isEqualTo(1);
        assertThat(result.get("success").booleanValue()).isFalse();
        assertThat(result.get("error").stringValue()).startsWith("interrupted");
    }

    @Test
    void leavesNothingOfASweepInterruptedAtOnce() {
        line.interruptAtOnce = true;
        assertThat(line.execute("sweep", "-o", directory.resolve("none").toString())).isEqualTo(130);
        assertThat(line.err()).contains("stopped before anything was measured");
        assertThat(directory.resolve("none")).doesNotExist();
    }

    @Test
    void couldNotSweepWhatIsNotThere() {
        line.benchmarks.refuse("no control plane answers at http://127.0.0.1:9");
        assertThat(line.execute("sweep", "-c", "http://127.0.0.1:9", "-o", directory.resolve("none").toString())).isEqualTo(3);
        assertThat(line.errLines()).endsWith("no control plane answers at http://127.0.0.1:9");
        assertThat(directory.resolve("none")).doesNotExist();
    }

    @Test
    void saysWhichLimitWasMissedByWhomAndWhere() {
        assertThat(line.execute("sweep", "--rates", "5", "-o", directory.toString(), "--fail-on", "throughput<1000,slo<0.5")).isEqualTo(1);
        assertThat(line.errLines().getLast()).matches("--fail-on: at 5 req/s: fifo: throughput is [\\d.]+ req/s, and the limit is throughput<1000");
        assertThat(line.execute("compare", "-o", directory.toString(), "--fail-on", "p99_e2e>1ms")).isEqualTo(1);
        assertThat(line.errLines().stream().filter(said -> said.startsWith("--fail-on: "))).hasSize(3);
        assertThat(line.execute("run", "-o", directory.toString(), "--fail-on", "slo<0.5,error_rate>1%")).isZero();
    }

    @Test
    void goesOnAfterErrorsWhenAskedTo() {
        assertThat(line.execute("compare", "-o", directory.toString(), "--continue-on-error")).isZero();
        assertThat(line.benchmarks.ran()).allSatisfy(config -> assertThat(config.continueOnError()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"throughput", "latency", "slo", "mixed_ratio", "fairness", "cost", "tail_latency", "capacity"})
    void anExperimentLeavesItsResultInTheDocumentedLayout(String name) throws IOException {
        assertThat(line.execute("experiment", "--name", name, "--policies", "fifo,priority", "-o", directory.toString())).isZero();
        assertThat(line.out()).contains("Experiment: " + name).contains("Result: " + directory.resolve(name + "_result.json"));
        JsonNode result = read(name + "_result.json");
        assertThat(result.propertyNames())
                .containsExactly(
                        "experiment_name", "experiment_type", "start_time", "end_time", "duration_seconds", "parameters", "results", "summary",
                        "charts", "success", "error", "timestamp", "version", "tool", "run", "target", "not_run", "definitions", "unavailable");
        assertThat(result.get("experiment_name").stringValue()).isEqualTo(name);
        assertThat(result.get("success").booleanValue()).isTrue();
        assertThat(result.at("/summary/policies").propertyNames()).containsExactly("fifo", "priority");
        assertThat(result.at("/parameters/policies").size()).isEqualTo(2);
        assertThat(line.benchmarks.ran()).allSatisfy(config -> assertThat(config.workload().isHybrid()).isTrue());
    }

    @Test
    void anExperimentHasTheDocumentedLoads() {
        assertThat(line.execute("experiment", "-e", "throughput", "-o", directory.toString())).isZero();
        assertThat(rates()).containsExactly(50.0, 100.0, 200.0, 500.0, 1000.0);
        assertThat(line.benchmarks.ran()).allSatisfy(config -> {
            assertThat(config.policies()).containsExactly("fifo", "priority", "slo_aware");
            assertThat(Loads.llmRatioOf(config.workload())).isEqualTo(0.5);
            assertThat(config.warmup()).isEqualTo(10);
        });
        line.benchmarks.ran().clear();
        assertThat(line.execute("experiment", "-e", "slo", "-n", "20", "-o", directory.toString())).isZero();
        assertThat(rates()).containsExactly(50.0, 100.0, 200.0, 500.0);
        line.benchmarks.ran().clear();
        assertThat(line.execute("experiment", "-e", "mixed_ratio", "--rate", "100", "-o", directory.toString())).isZero();
        assertThat(line.benchmarks.ran().stream().map(BenchmarkConfig::workload).map(Loads::llmRatioOf)).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
        assertThat(rates()).containsOnly(100.0);
    }

    @Test
    void anExperimentTakesOtherLevels() {
        assertThat(line.execute("experiment", "-e", "slo", "--loads", "5,6", "-o", directory.toString())).isZero();
        assertThat(rates()).containsExactly(5.0, 6.0);
        line.benchmarks.ran().clear();
        assertThat(line.execute("experiment", "-e", "tail_latency", "--loads", "0.5,2", "-r", "30", "-o", directory.toString())).isZero();
        assertThat(rates()).containsExactly(15.0, 60.0);
    }

    @Test
    void anExperimentRefusesWhatDoesNothing() {
        assertThat(line.execute("experiment", "-e", "slo", "-r", "5", "--ratios", "1", "--confirm", "3", "--prices", "a=1")).isEqualTo(2);
        assertThat(line.errLines()).containsExactlyInAnyOrder(
                "--rate: has no effect with the experiment 'slo', which varies --loads",
                "--ratios: has no effect with the experiment 'slo', which varies --loads",
                "--confirm: has no effect with the experiment 'slo', which varies --loads",
                "--prices: has no effect with the experiment 'slo', which varies --loads");
        assertThat(line.execute("experiment", "-e", "mixed_ratio", "--llm-ratio", "0.5")).isEqualTo(2);
        assertThat(line.execute("experiment", "-e", "mixed_ratio", "--mode", "llm")).isEqualTo(2);
        assertThat(line.execute("experiment", "-e", "mixed_ratio", "--ratios", "1.5")).isEqualTo(2);
        assertThat(line.errLines()).containsExactly("--ratios: must be a share from 0 to 1, but is 1.5");
        assertThat(line.execute("experiment", "-e", "cost", "--fleets", "2")).isEqualTo(2);
        assertThat(line.errLines()).containsExactly("--fleets: needs --simulate; of a server whose engines are what they are, vary --rates");
        assertThat(line.benchmarks.ran()).isEmpty();
    }

    @Test
    void anUnknownExperimentIsNotRun() {
        assertThat(line.execute("experiment", "-e", "latncy")).isEqualTo(2);
        assertThat(line.errLines())
                .containsExactly("--name: unknown experiment 'latncy'; there are throughput, latency, slo, mixed_ratio, fairness, cost,"
                        + " tail_latency, capacity; did you mean 'latency'?");
        assertThat(line.execute("experiment")).isEqualTo(2);
    }

    @Test
    void anExperimentWithoutASuccessEndsWithOne() {
        line.benchmarks.endRequestsWith(new Outcome.ConnectionFailed("refused"));
        assertThat(line.execute("experiment", "-e", "latency", "-o", directory.toString())).isEqualTo(1);
    }

    @Test
    void anExperimentOverwritesOnlyWhenForced() {
        String file = directory.resolve("mine.json").toString();
        assertThat(line.execute("experiment", "-e", "latency", "-o", file)).isZero();
        assertThat(line.execute("experiment", "-e", "latency", "-o", file)).isEqualTo(2);
        assertThat(line.execute("experiment", "-e", "latency", "-o", file, "--force")).isZero();
    }

    @Test
    void looksForTheCapacityOfEachPolicy() throws IOException {
        assertThat(line.execute("capacity", "-p", "fifo", "--slo-target", "0.9", "--tolerance", "0.1", "--confirm", "1", "-r", "20", "-o", directory.toString()))
                .isZero();
        JsonNode result = read("capacity_result.json");
        assertThat(result.at("/parameters/slo_target").doubleValue()).isEqualTo(0.9);
        assertThat(result.at("/parameters/first_rate").doubleValue()).isEqualTo(20);
        assertThat(result.at("/summary/policies/fifo/capacity").doubleValue()).as("nothing is ever missed here").isGreaterThan(50_000);
        assertThat(line.out()).contains("its capacity lies beyond");
        assertThat(rates().getFirst()).isEqualTo(20);
        assertThat(line.benchmarks.ran()).allSatisfy(config -> assertThat(config.workload().isHybrid()).isFalse());
    }

    @Test
    void refusesASearchThatMakesNoSense() {
        assertThat(line.execute("capacity", "--slo-target", "1.5", "--tolerance", "0", "--confirm", "1.5", "--probe", "0")).isEqualTo(2);
        assertThat(line.errLines()).containsExactlyInAnyOrder(
                "--slo-target: must be a share above 0 and at most 1, but is 1.5",
                "--tolerance: must be a share from 0.001 to 1, but is 0",
                "--confirm: must be a whole number from 0 to 1000, but is 1.5",
                "--probe: must be above 0 seconds and at most a day, but is 0");
        assertThat(line.benchmarks.ran()).isEmpty();
    }

    private List<Double> rates() {
        return line.benchmarks.ran().stream().map(config -> Loads.rateOf(config.workload())).toList();
    }

    private JsonNode read(String name) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).as("whole files only").noneMatch(file -> file.toString().endsWith(".part"));
        }
        return JsonMapper.shared().readTree(Files.readString(directory.resolve(name)));
    }
}
