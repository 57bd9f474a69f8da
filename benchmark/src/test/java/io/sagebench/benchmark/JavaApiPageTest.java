package io.sagebench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.experiment.ExperimentReporter;
import io.sagebench.benchmark.experiment.ExperimentRunner;
import io.sagebench.benchmark.experiment.LatencyExperiment;
import io.sagebench.benchmark.experiment.MixedRatioExperiment;
import io.sagebench.benchmark.experiment.SloComplianceExperiment;
import io.sagebench.benchmark.experiment.ThroughputExperiment;
import io.sagebench.live.monitor.GpuKind;
import io.sagebench.monitor.GpuUse;
import io.sagebench.monitor.Sample;
import io.sagebench.policy.Policies;
import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.ReportExtra;
import io.sagebench.report.experiment.ExperimentResult;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page of the Java API names what is there.
class JavaApiPageTest {
    private static final Pattern ROW = Pattern.compile("^\\| (.+) \\| (.+) \\|$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`(\\w+)(?:\\.(\\w+)\\(\\))?`");
    private static final Map<String, Class<?>> TYPES = Stream.<Class<?>>of(
                    BenchmarkConfig.class, BenchmarkConfigBuilder.class, BenchmarkRunner.class, BenchmarkReporter.class,
                    FinishedBenchmark.class, BenchmarkReport.class, Policies.class, ThroughputExperiment.class, LatencyExperiment.class,
                    SloComplianceExperiment.class, MixedRatioExperiment.class, ExperimentRunner.class, ExperimentReporter.class,
                    ExperimentResult.class, BenchmarkCharts.class, ReportGenerator.class, ReportExtra.class, GpuMonitor.class, GpuKind.class,
                    GpuUse.class, Sample.class)
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

    @Test
    void everyNameInTheTableIsPublic() throws IOException {
        var types = new TreeSet<String>();
        for (MatchResult row : rows()) {
            for (MatchResult name : NAME.matcher(row.group(2)).results().toList()) {
                Class<?> type = TYPES.get(name.group(1));
                assertThat(type).as(name.group()).isNotNull();
                types.add(type.getSimpleName());
                assertThat(Modifier.isPublic(type.getModifiers())).as(name.group()).isTrue();
                if (name.group(2) != null) {
                    assertThat(Arrays.stream(type.getMethods()).map(method -> method.getName())).contains(name.group(2));
                }
            }
        }
        assertThat(types).isEqualTo(TYPES.keySet());
    }

    @Test
    void everyFieldOfTheDocumentedConfigurationsHasAMethod() throws IOException {
        List<String> documented = rows().stream().map(row -> row.group(1)).toList();
        assertThat(documented).contains(
                "`control_plane_url=`", "`policies=`", "`num_requests=`", "`request_rate=`", "`arrival_pattern=`", "`model_distribution=`",
                "`priority_distribution=`", "`prompt_len_range=`", "`output_len_range=`", "`timeout_seconds=`", "`warmup_requests=`",
                "`llm_ratio=`", "`embedding_model=`", "`embedding_batch_size=`", "`llm_slo_deadline_ms=`", "`embedding_slo_deadline_ms=`");
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("../docs/reference/java-api.md")))
                .results()
                .filter(row -> !row.group(1).equals("Documented"))
                .toList();
    }
}
