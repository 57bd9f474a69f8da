package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.Benchmark;
import io.sagebench.benchmark.BenchmarkResult;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.visual.Visuals;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisualizeCommandTest {
    @TempDir
    private Path directory = Path.of("");

    private final CommandLineHarness line = new CommandLineHarness(new Benchmark());

    private String compare(String... more) {
        String file = directory.resolve("a.json").toString();
        String[] arguments = {"compare", "--simulate", "-p", "fifo,priority", "-n", "50", "-r", "20", "-q", "-o", file};
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(more));
        assertThat(line.execute(all.toArray(String[]::new))).isZero();
        return file;
    }

    @Test
    void makesChartsAPageAndATextUnderTheDocumentedNames() throws IOException {
        String file = compare();
        Path out = directory.resolve("charts");
        assertThat(line.execute("visualize", "--input", file, "--output", out.toString())).isZero();
        assertThat(out.resolve("throughput_comparison.png")).isNotEmptyFile();
        assertThat(out.resolve("latency_percentiles.svg")).isNotEmptyFile();
        assertThat(Files.readString(out.resolve("benchmark_report.html"))).contains("fifo", "priority", "<html");
        assertThat(Files.readString(out.resolve("benchmark_report.md"))).contains("](<latency_percentiles.png>)").doesNotContain(out.toString());
        assertThat(line.out()).contains("Page:  " + out.resolve("benchmark_report.html"));
        assertThat(line.err()).contains("not made: throughput_vs_rate: ", "not made: gpu_utilization: ");
        assertThat(line.execute("visualize", "--input", file, "--output", out.toString())).isEqualTo(2);
        assertThat(line.err()).contains("benchmark_report.html is there already; give another directory, or --force to replace it");
        assertThat(line.execute("visualize", file, "-o", out.toString(), "--force", "-f", "md", "-q")).isZero();
    }

    @Test
    void runsMakeThemBesideTheirResultsUnlessToldNotTo() throws IOException {
        line.visualizer = Visualizer.FILES;
        compare();
        assertThat(directory.resolve("a.html")).isNotEmptyFile();
        assertThat(Files.readString(directory.resolve("a.md"))).contains("](<a_charts/throughput_comparison.png>)");
        assertThat(line.out()).contains("Page:     " + directory.resolve("a.html")).containsPattern("Charts:   \\S+a_charts \\(\\d+ pictures\\)");
        Files.delete(directory.resolve("a.json"));
        Files.delete(directory.resolve("a_summary.csv"));
        Files.delete(directory.resolve("a_requests.jsonl"));
        assertThat(line.execute("compare", "--simulate", "-n", "5", "-o", directory.resolve("a.json").toString())).isEqualTo(2);
        assertThat(line.err()).contains("a.html is there already; give another name, or --force to replace it");
        assertThat(line.execute("compare", "--simulate", "-n", "5", "--no-visualize", "-o", directory.resolve("a.json").toString())).isZero();
        assertThat(line.out()).doesNotContain("Page:");
    }

    @Test
    void whatCannotBeWrittenLeavesTheResults() {
        line.visualizer = (_, _, _, _, _) -> {
            throw new AccessDeniedException("a.html");
        };
        String file = directory.resolve("a.json").toString();
        assertThat(line.execute("run", "--simulate", "-n", "5", "-q", "-o", file)).isEqualTo(3);
        assertThat(line.err()).contains("the page and the charts could not be written: a.html: permission denied; the results are in " + file);
        assertThat(Path.of(file)).isNotEmptyFile();
    }

    @Test
    void chartsThatThisMachineCannotDrawAreNamedOnceAndTheRunIsDone() {
        line.visualizer = (_, _, _, _, _) -> {
            var undrawn = List.of(new NoChart("latency_cdf", "there are no fonts"), new NoChart("slo_compliance", "there are no fonts"));
            return new Visuals.Written(List.of(), List.of(), undrawn, undrawn);
        };
        assertThat(line.execute("run", "--simulate", "-n", "5", "-q", "-o", directory.resolve("u.json").toString())).isZero();
        assertThat(line.err()).contains("charts: latency_cdf: there are no fonts").doesNotContain("slo_compliance");
    }

    @Test
    void afterAnInterruptThereIsAPageButNoPicturesToWaitFor() {
        var interrupted = new CommandLineHarness((config, listener, records, stop) -> {
            var result = (BenchmarkResult.Measured) new Benchmark().run(config, listener, records, new StopSignal());
            return new BenchmarkResult.Measured(result.target(), result.policies(), result.notRun(), true);
        });
        interrupted.visualizer = Visualizer.FILES;
        String file = directory.resolve("i.json").toString();
        assertThat(interrupted.execute("run", "--simulate", "-n", "5", "-q", "-o", file)).isEqualTo(130);
        assertThat(directory.resolve("i.html")).isNotEmptyFile();
        assertThat(directory.resolve("i_charts")).doesNotExist();
        assertThat(interrupted.out()).contains("Charts:   when you want them: sage-bench visualize --input " + file);
    }

    @Test
    void sweepsAndExperimentsHaveThemToo() {
        line.visualizer = Visualizer.FILES;
        String sweep = directory.resolve("s.json").toString();
        assertThat(line.execute("sweep", "--simulate", "--rates", "10,20", "-n", "20", "-q", "-o", sweep)).isZero();
        assertThat(directory.resolve("s.html")).isNotEmptyFile();
        assertThat(directory.resolve("s_charts/throughput_vs_rate.png")).isNotEmptyFile();
        assertThat(line.execute("experiment", "-e", "mixed_ratio", "--simulate", "-n", "20", "-q", "-o", directory.resolve("m.json").toString())).isZero();
        assertThat(directory.resolve("m_charts/mixed_ratio_impact.png")).isNotEmptyFile();
    }

    @Test
    void saysAllThatIsWrongAtOnce() throws IOException {
        Path odd = Files.writeString(directory.resolve("odd.json"), "{}");
        assertThat(line.execute("visualize", "-i", odd.toString(), "-f", "htm", "--chart-format", "png,gif", "-o", odd.toString())).isEqualTo(2);
        assertThat(line.err())
                .contains("--format: must be one of charts, html, markdown, all, but is 'htm'; did you mean 'html'?")
                .contains("--chart-format: must be of png, svg, pdf, but is 'gif'")
                .contains("odd.json is a file; give a directory")
                .contains("--input: " + odd + ": is no results file");
        assertThat(line.execute("visualize")).isEqualTo(2);
        assertThat(line.err()).contains("--input: give the results file, once");
    }

    @Test
    void aDamagedFileIsDrawnAsFarAsItGoesAndEndsWithOne() throws IOException {
        String whole = Files.readString(Path.of(compare()));
        Path half = Files.writeString(directory.resolve("half.json"), whole.substring(0, whole.length() * 2 / 3));
        Path out = directory.resolve("half");
        assertThat(line.execute("visualize", half.toString(), "-o", out.toString(), "-f", "html")).isEqualTo(1);
        assertThat(out.resolve("benchmark_report.html")).isNotEmptyFile();
        assertThat(line.err()).contains("half.json: the file ends in the middle or is damaged");
    }
}
