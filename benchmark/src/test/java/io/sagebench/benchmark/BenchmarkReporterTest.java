package io.sagebench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sagebench.benchmark.experiment.ExperimentReporter;
import io.sagebench.benchmark.experiment.ExperimentRunner;
import io.sagebench.benchmark.experiment.LatencyExperiment;
import io.sagebench.report.RawResults;
import io.sagebench.report.RecordSink;
import io.sagebench.report.results.ResultsFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkReporterTest {
    private static final BenchmarkConfig CONFIG =
            BenchmarkConfig.builder().simulated().policies("fifo", "slo_aware").numRequests(30).requestRate(20).build();

    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void printsWhatTheProgramPrints() throws IOException {
        var text = new StringBuilder();
        new BenchmarkReporter(run()).printSummary(text);
        assertThat(text).contains("Target: simulated", "Config: 30 requests @ 20 req/s", "| fifo ", "| slo_aware", "Best Throughput");
    }

    @Test
    void savesTheFilesOfTheProgramAndThoseOfTheExtras() throws IOException {
        FinishedBenchmark finished = run();
        Path own = directory.resolve("deeper/chart.txt");
        var reporter = new BenchmarkReporter(
                finished,
                (report, folder) -> List.of(Files.writeString(folder.resolve("chart.txt"), report.policies().size() + " policies")));
        List<Path> files = reporter.saveAll(directory.resolve("deeper"));
        assertThat(files).hasSize(4).allMatch(Files::exists).contains(own);
        assertThat(own).hasContent("2 policies");
        assertThat(Files.readAllLines(files.get(2))).hasSize(60);
        assertThat(Files.readString(files.getFirst())).contains("\"num_requests\": 30").contains("\"command\": \"Java\"");
        assertThat(reporter.saveAll(directory.resolve("deeper"))).as("nothing is overwritten").doesNotContain(files.get(0), files.get(1), files.get(2));
    }

    @Test
    void savesEachAlone() throws IOException, ResultsFile.Unusable {
        var reporter = new BenchmarkReporter(run());
        reporter.saveJson(directory.resolve("a.json"));
        reporter.saveCsv(directory.resolve("a.csv"));
        reporter.saveRecords(directory.resolve("a.jsonl"));
        assertThat(ResultsFile.read(directory.resolve("a.json")).policies()).hasSize(2);
        assertThat(Files.readAllLines(directory.resolve("a.csv"))).hasSize(3);
        assertThat(Files.readAllLines(directory.resolve("a.jsonl"))).hasSize(60);
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> reporter.saveJson(directory.resolve("a.json")));
    }

    @Test
    void namesThePoliciesThatAreBlindToTypes() throws IOException {
        var mixed = BenchmarkConfig.builder().simulated().hybrid(0.5).policies("fifo", "priority", "hybrid").numRequests(40).build();
        FinishedBenchmark finished = new BenchmarkRunner(mixed).run();
        assertThat(finished.policy("fifo").metrics().validity().notes()).singleElement().asString().startsWith("blind to request types");
        assertThat(finished.policy("hybrid").metrics().validity().notes()).isEmpty();
        var text = new StringBuilder();
        new BenchmarkReporter(finished).printSummary(text);
        assertThat(text).containsOnlyOnce("Note: fifo, priority: blind to request types");
    }

    @Test
    void aProbeTellsColdFromWarm() throws IOException {
        var probing = BenchmarkConfig.builder()
                .simulated()
                .policies("fifo")
                .engines(1, "llama3-8b-a100")
                .promptLenRange(2000, 2000)
                .numRequests(5)
                .set("cache_probe", true)
                .build();
        FinishedBenchmark finished = new BenchmarkRunner(probing).run();
        assertThat(finished.policy("fifo").cacheProbe()).hasValueSatisfying(probe -> {
            assertThat(probe.prompts()).isEqualTo(8);
            assertThat(probe.warmTtftNanos()).isLessThan(probe.coldTtftNanos() / 2);
            assertThat(probe.coldCachedShare()).hasValue(0);
            assertThat(probe.warmCachedShare().orElseThrow()).isGreaterThan(0.9);
        });
        assertThat(finished.records()).as("the probe is not measured").hasSize(5);
        var text = new StringBuilder();
        new BenchmarkReporter(finished).printSummary(text);
        assertThat(text).containsPattern("Cache probe: fifo TTFT \\d+ ms cold, \\d+(\\.\\d+)? ms warm \\(9\\d\\.\\d% cached\\)");
    }

    @Test
    void givesTheFiguresOfAPolicyByItsName() {
        FinishedBenchmark finished = run();
        assertThat(finished.policy("fifo").metrics().counts().completed()).isEqualTo(30);
        assertThat(finished.records()).hasSize(60);
        assertThatIllegalArgumentException().isThrownBy(() -> finished.policy("fito")).withMessageContaining("there are fifo, slo_aware");
    }

    @Test
    void keepsNoRecordsThatGoElsewhere() {
        FinishedBenchmark finished = new BenchmarkRunner(CONFIG).run(RecordSink.NONE);
        assertThat(finished.records()).isEmpty();
        assertThat(finished.report().raw()).isEqualTo(new RawResults.Inline(List.of()));
    }

    @Test
    void aTargetThatIsNotThereIsTold() {
        var nobody = BenchmarkConfig.builder().controlPlaneUrl("http://127.0.0.1:9").numRequests(1).build();
        assertThatExceptionOfType(CouldNotMeasure.class).isThrownBy(() -> new BenchmarkRunner(nobody).run()).withMessageContaining("127.0.0.1:9");
    }

    @Test
    void anExperimentIsAsPlain() throws IOException {
        var experiment = new LatencyExperiment(CONFIG);
        var reporter = new ExperimentReporter(experiment, new ExperimentRunner(experiment).run());
        var text = new StringBuilder();
        reporter.printSummary(text);
        assertThat(text).contains("Experiment: latency", "Config: 30 requests @ 20 req/s | Models: default", "Best P50");
        assertThat(reporter.save(directory.resolve("x"))).isEqualTo(directory.resolve("x/latency_result.json")).exists();
    }

    private static FinishedBenchmark run() {
        return new BenchmarkRunner(CONFIG).run();
    }
}
