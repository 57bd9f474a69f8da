package io.sagebench.report.chart.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Panel.BarSeries;
import io.sagebench.report.chart.Panel.Bars;
import io.sagebench.report.chart.draw.ChartFiles.Written;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartFilesTest {
    @TempDir
    private Path folder = Path.of("unset");

    @Test
    void writesEachChartInEachFormatAndNamesWhatIsMissing() throws IOException {
        var none = new NoChart("gpu_memory", "no GPU was watched");
        Written written = files(false, ChartFormat.values()).write(List.of(chart("a"), none));
        assertThat(written.written()).extracting(file -> file.getFileName().toString()).containsExactly("a.png", "a.svg", "a.pdf");
        assertThat(written.written()).allMatch(Files::exists);
        assertThat(written.missing()).containsExactly(none);
    }

    @Test
    void namesNeverCollideAndNeverLeaveTheFolder() throws IOException {
        Written written = files(false, ChartFormat.SVG).write(List.of(
                chart("cdf-a b"), chart("cdf-A b"), chart("cdf-a_b"), chart("../../etc/x"), chart("..."), chart("cdf-\u00FC\uD83D\uDE00"), chart("p".repeat(300)), chart("p".repeat(301))));
        assertThat(written.written()).hasSize(8).doesNotHaveDuplicates().allMatch(file -> folder.resolve("charts").equals(file.getParent()) && Files.exists(file));
        assertThat(written.written().subList(0, 6)).extracting(file -> file.getFileName().toString())
                .containsExactly("cdf-a%20b.svg", "cdf-A%20b_2.svg", "cdf-a_b.svg", "%2E.%2F..%2Fetc%2Fx.svg", "%2E...svg", "cdf-%C3%BC%F0%9F%98%80.svg");
    }

    @Test
    void overwritesOnlyWhenAsked() throws IOException {
        files(false, ChartFormat.SVG).write(List.of(chart("a")));
        Path file = folder.resolve("charts/a.svg");
        Files.writeString(file, "mine");
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> files(false, ChartFormat.SVG).write(List.of(chart("a"))));
        assertThat(file).hasContent("mine");
        files(true, ChartFormat.SVG).write(List.of(chart("a")));
        assertThat(Files.readString(file)).startsWith("<?xml").contains("<svg");
    }

    @Test
    void aFolderThatIsAFileIsAnError() throws IOException {
        Files.writeString(folder.resolve("charts"), "in the way");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> files(false, ChartFormat.PNG).write(List.of(chart("a"))));
    }

    private ChartFiles files(boolean replace, ChartFormat... formats) {
        return new ChartFiles(folder.resolve("charts"), Set.of(formats), replace, List.of("fifo"), "source");
    }

    private static Chart chart(String stem) {
        return new Chart(stem, "Title", "Caption.", List.of(new Bars("", List.of("fifo"), true, Axis.fromZero("x"), List.of(new BarSeries("y", 1)), List.of())));
    }
}
