package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.Benchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The pages about results name every path of the files, and none that is not there.
class ResultsPagesTest {
    private static final Path PAGES = Path.of("../docs/reference");
    /// A path at the beginning of a row of a table.
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|.*", Pattern.MULTILINE);
    /// Maps whose keys are names that users choose, or that depend on what happened.
    private static final Set<String> BY_NAME = Set.of(
            "metrics_by_priority", "metrics_by_model", "metrics_by_request_type", "metrics_by_tenant", "by_priority", "by_outcome",
            "by_reason", "engine_busy_seconds", "output_sources", "prompt_sources", "policy_results", "significance", "against");
    /// Objects that other pages describe.
    private static final Set<String> OPAQUE = Set.of("config", "control_plane_metrics", "definitions", "health", "metrics", "raw_results", "tied");

    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void theMetricsPageNamesEveryMetric() throws IOException {
        var paths = new TreeSet<String>();
        for (JsonNode report : reports()) {
            report.path("policy_results").forEach(policy -> leaves(policy.path("metrics"), "", paths, Set.of()));
        }
        assertThat(documented("metrics.md")).containsExactlyInAnyOrderElementsOf(paths);
    }

    @Test
    void theResultsPageNamesEveryPathOfTheReportAndOfARequest() throws IOException {
        var paths = new TreeSet<String>();
        for (JsonNode report : reports()) {
            leaves(report, "", paths, OPAQUE);
            report.path("policy_results").forEach(policy -> policy.path("raw_results")
                    .forEach(request -> leaves(request, "raw_results[].", paths, Set.of())));
        }
        assertThat(documented("results.md")).containsExactlyInAnyOrderElementsOf(paths);
    }

    private static Set<String> documented(String page) throws IOException {
        var paths = new TreeSet<String>();
        ROW.matcher(Files.readString(PAGES.resolve(page))).results().forEach(row -> paths.add(row.group(1)));
        return paths;
    }

    private List<JsonNode> reports() throws IOException {
        var reports = new ArrayList<JsonNode>();
        for (String mode : List.of("llm", "hybrid")) {
            var line = new CommandLineHarness(new Benchmark());
            String file = directory.resolve(mode + ".json").toString();
            assertThat(line.execute(
                            "compare", "--simulate", "-q", "-p", "fifo,sjf_pred", "-n", "400", "-r", "60", "--cache-probe", "--mode", mode, "-o", file))
                    .isZero();
            reports.add(JsonMapper.shared().readTree(Files.readString(Path.of(file))));
        }
        return reports;
    }

    /// The paths of all values. A distribution counts as one, and so do the ends of an interval.
    private static void leaves(JsonNode node, String path, Set<String> paths, Set<String> opaque) {
        node.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            String here = path + name;
            boolean leaf = !value.isObject() || opaque.contains(name) || value.has("low") || value.has("samples") || value.has("stddev");
            if (leaf) {
                paths.add(here);
            } else if (BY_NAME.contains(name)) {
                if (value.properties().stream().noneMatch(each -> each.getValue().isObject() && !each.getValue().has("verdict"))) {
                    paths.add(here + ".<name>");
                }
                value.properties().stream()
                        .filter(each -> each.getValue().isObject() && !each.getValue().has("verdict"))
                        .forEach(each -> leaves(each.getValue(), here + ".<name>.", paths, opaque));
            } else {
                leaves(value, here + ".", paths, opaque);
            }
        });
    }
}
