package io.sagebench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportGeneratorTest {
    @TempDir
    private Path folder = Path.of("");

    private static FinishedBenchmark finished() {
        return new BenchmarkRunner(BenchmarkConfig.builder().simulated().policies("fifo", "priority").numRequests(30).requestRate(20).build()).run();
    }

    @Test
    void makesAPageATextAndThePicturesThatItShows() throws IOException {
        var generator = new ReportGenerator(finished());
        var files = generator.generateFullReport(folder.resolve("new"), "mine");
        assertThat(generator.gaps()).isEmpty();
        assertThat(files).startsWith(folder.resolve("new/mine.html"), folder.resolve("new/mine.md")).contains(folder.resolve("new/mine_charts/latency_cdf.png"));
        assertThat(Files.readString(folder.resolve("new/mine.md"))).contains("](<mine_charts/latency_cdf.png>)");
        assertThatThrownBy(() -> generator.generateHtmlReport(folder.resolve("new/mine.html"))).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(generator.generateMarkdownReport(folder.resolve("alone.md")))).contains("| fifo |").doesNotContain("](<");
    }

    @Test
    void isSomethingThatAReporterAdds() throws IOException {
        FinishedBenchmark finished = finished();
        var files = new BenchmarkReporter(finished, ReportGenerator.extra()).saveAll(folder);
        String id = finished.report().run().id();
        assertThat(files).contains(folder.resolve("report_" + id + ".html"), folder.resolve("report_" + id + ".md"), folder.resolve("charts_" + id + "/latency_cdf.png"));
    }
}
