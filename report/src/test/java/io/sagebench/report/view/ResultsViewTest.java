package io.sagebench.report.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.view.Requests.Dimension;
import io.sagebench.report.view.Requests.Field;
import io.sagebench.report.view.ResultsView.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ResultsViewTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void holdsTheRequestsColumnByColumn() {
        ResultsView view = ViewFiles.of(folder, ViewFiles.comparison(""));
        assertThat(view.kind()).isEqualTo(Kind.BENCHMARK);
        assertThat(view.gaps()).isEmpty();
        assertThat(view.policies()).extracting(PolicyView::name).containsExactly("a", "b");
        Requests requests = view.policies().getFirst().requests();
        assertThat(requests.size()).isEqualTo(3);
        assertThat(requests.column(Field.E2E_MS)).containsExactly(100, 300, Double.NaN);
        assertThat(requests.column(Field.LONGEST_GAP_MS)).containsExactly(30, 9, Double.NaN);
        assertThat(requests.column(Field.COMPLETED)).containsExactly(1, 1, 0);
        assertThat(requests.sorted(Field.TTFT_MS)).containsExactly(20, 40);
        assertThat(requests.labels(Dimension.PRIORITY)).containsExactly("HIGH", "LOW");
        assertThat(requests.labelled(Dimension.PRIORITY)).containsExactly(0, 1, 1);
        assertThat(requests.labelled(Dimension.INSTANCE)).containsExactly(0, 1, -1);
        assertThat(requests.slowest()).extracting(request -> request.text("request_id").orElseThrow()).containsExactly("r1", "r0");
        assertThat(requests.failed()).extracting(request -> request.text("error").orElseThrow()).containsExactly("rejected: full");
        assertThat(view.policies().getLast().requests().says(Field.E2E_MS)).isFalse();
    }

    @Test
    void readsTheRequestsOfAllPoliciesFromTheFileBesideTheReport() throws IOException {
        Files.writeString(
                folder.resolve("requests.jsonl"),
                """
                {"policy": "b", "success": true, "e2e_latency_ms": 7, "intended_ms": 0}
                {"policy": "a", "success": true, "e2e_latency_ms": 5, "intended_ms": 0}
                {"policy": "b", "succ""");
        ResultsView view = ViewFiles.of(
                folder,
                """
                {"version": "2.0", "policy_results": {
                  "a": {"metrics": {}, "raw_results": {"records_file": "requests.jsonl"}},
                  "b": {"metrics": {}, "raw_results": {"records_file": "requests.jsonl"}},
                  "c": {"metrics": {}, "raw_results": {"records_file": "../elsewhere.jsonl"}},
                  "d": {"metrics": {}, "raw_results": {"records_file": "gone.jsonl"}}}}
                """);
        assertThat(view.policies().get(0).requests().column(Field.E2E_MS)).containsExactly(5);
        assertThat(view.policies().get(1).requests().column(Field.E2E_MS)).containsExactly(7);
        assertThat(view.gaps()).satisfiesExactly(
                gap -> assertThat(gap).startsWith("the requests of a and b are shown until line 3 of ").contains("which is damaged"),
                gap -> assertThat(gap).isEqualTo("the requests of c are missing: the records file must lie beside the report, but is '../elsewhere.jsonl'"),
                gap -> assertThat(gap).startsWith("the requests of d are missing: there is no file "));
    }

    @Test
    void ofAVeryLargeFileEveryFewLinesAreReadAndTheTotalIsKept() throws IOException {
        var lines = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            lines.append("{\"policy\": \"a\", \"success\": true, \"intended_ms\": ").append(i).append(", \"e2e_latency_ms\": ").append(10 * i).append("}\n");
        }
        Files.writeString(folder.resolve("requests.jsonl"), lines);
        ResultsView view = ViewFiles.of(
                folder, "{\"policy_results\": {\"a\": {\"metrics\": {\"request_counts\": {\"total\": 10}}, \"raw_results\": {\"records_file\": \"requests.jsonl\"}}}}");
        assertThat(view.policies().getFirst().requests().size()).isEqualTo(10);
        var again = JsonMapper.shared()
                .readTree("{\"a\": {\"metrics\": {\"request_counts\": {\"total\": 10}}, \"raw_results\": {\"records_file\": \"requests.jsonl\"}}}");
        Requests requests = new RequestFiles(folder.resolve("report.json"), 4, new ArrayList<>()).read(new Facts(again), List.of("a")).getOrDefault("a", Requests.NONE);
        assertThat(requests.column(Field.INTENDED_MS)).containsExactly(0, 4, 8);
        assertThat(requests.total()).isEqualTo(10);
        assertThat(requests.every()).isEqualTo(4);
    }

    @Test
    void readsFilesOfTheEarlierToolWhoseTimesAreWallClock() {
        ResultsView view = ViewFiles.of(
                folder,
                """
                {"version": "1.0", "policy_results": {"fifo": {"metrics": {"e2e_latency_ms": {"p99": 12.5}}, "raw_results": [
                  {"model_name": "m", "success": true, "send_time": 1000.5, "first_token_time": 1000.51, "completion_time": 1000.6, "e2e_latency_ms": 100},
                  {"model_name": "m", "success": false, "send_time": 1001.5, "completion_time": 1001.75}]}}}
                """);
        Requests requests = view.policies().getFirst().requests();
        assertThat(view.gaps()).isEmpty();
        assertThat(requests.column(Field.INTENDED_MS)).containsExactly(0, 1000);
        assertThat(requests.column(Field.FIRST_TOKEN_MS)[0]).isCloseTo(10, offset(1e-3));
        assertThat(requests.column(Field.ENDED_MS)[1]).isEqualTo(1250);
        assertThat(requests.labels(Dimension.TYPE)).containsExactly("llm_chat");
        assertThat(requests.labels(Dimension.OUTCOME)).containsExactly("completed", "failed");
    }

    @Test
    void showsWhatComesBeforeTheEndOfAHalfWrittenFile() {
        String whole = ViewFiles.comparison("");
        ResultsView view = ViewFiles.of(folder, whole.substring(0, whole.indexOf("\"request_id\": \"r2\"")));
        assertThat(view.policies()).extracting(PolicyView::name).containsExactly("a");
        assertThat(view.policies().getFirst().requests().column(Field.E2E_MS)).startsWith(100, 300);
        assertThat(view.gaps())
                .anySatisfy(gap -> assertThat(gap).startsWith("the file ends in the middle or is damaged, and only what comes before is shown: "))
                .contains("the results of b are missing");
    }

    @Test
    void showsWhatItUnderstandsOfANewerLayout() {
        ResultsView view = ViewFiles.of(folder, ViewFiles.comparison("").replace("\"2.0\"", "\"3.7\""));
        assertThat(view.policies()).hasSize(2);
        assertThat(view.gaps()).containsExactly("the file has layout \"3.7\", which this program does not know: what it understands is shown");
    }

    @Test
    void aPolicyWithoutMetricsIsAGap() {
        assertThat(ViewFiles.of(folder, "{\"policy_results\": {\"a\": {}}}").gaps())
                .containsExactly("the metrics of a are missing", "no policy was measured");
    }

    @Test
    void aSweepIsReadFromItsTableOrFromResultsByRate() {
        ResultsView ours = ViewFiles.of(
                folder, "{\"throughput_vs_rate\": {\"fifo\": [{\"rate\": 10, \"requests_per_second\": 9.5, \"compliance_rate\": 0.75}]}}");
        assertThat(ours.kind()).isEqualTo(Kind.SWEEP);
        assertThat(ours.rates().get("fifo")).singleElement().satisfies(point -> {
            assertThat(point.ratePerSecond()).isEqualTo(10);
            assertThat(point.throughput()).hasValue(9.5);
            assertThat(point.attainment()).hasValue(0.75);
            assertThat(point.goodput()).isEmpty();
        });
        ResultsView old = ViewFiles.of(
                folder,
                """
                {"50.0": {"policy": "p", "metrics": {"throughput": {"requests_per_second": 40}}},
                 "10.0": {"policy": "p", "metrics": {"throughput": {"requests_per_second": 10}}}}
                """);
        assertThat(old.rates().get("p")).extracting(RatePoint::ratePerSecond).containsExactly(10.0, 50.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    {"experiment_name": "latency", "results": []}; EXPERIMENT
                    {"workloads": {}, "overall": {}}; ENGINE
                    {"total_requests": 5}; ENGINE
                    {"targets": [], "rows": []}; ENGINE_COMPARISON
                    """)
    void tellsKindsApart(String text, Kind kind) {
        assertThat(ViewFiles.of(folder, text).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    {"a": 1}; is no results file: it has none of policy_results
                    [1, 2]; is no results file: it is no JSON object
                    hello; is no results file: it is not JSON
                    {"policy_res; is no results file: it has none of
                    ''; is no results file: it is no JSON object
                    """)
    void refusesWhatIsNoResultsFile(String text, String message) throws IOException {
        Path path = Files.writeString(folder.resolve("odd.json"), text);
        assertThatThrownBy(() -> ResultsView.read(path)).isInstanceOf(Unusable.class).hasMessageContaining(message).hasMessageContaining("odd.json");
        assertThatThrownBy(() -> ResultsView.read(folder.resolve("gone.json"))).hasMessageContaining("there is no such file");
    }
}
