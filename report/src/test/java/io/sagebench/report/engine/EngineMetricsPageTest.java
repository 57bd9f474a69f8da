package io.sagebench.report.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `docs/reference/engine-metrics.md` has every field as it is. To write its table anew: `REWRITE_REFERENCE=1`.
class EngineMetricsPageTest {
    private static final Path PAGE = Path.of("../docs/reference/engine-metrics.md");
    private static final String BEGIN = "<!-- fields, written by EngineMetricsPageTest -->\n";
    private static final String END = "<!-- end of fields -->\n";
    /// What the documents of the earlier tool promise in each file.
    private static final List<String> PROMISED = List.of(
            "avg_ttft_ms", "p50_ttft_ms", "p95_ttft_ms", "p99_ttft_ms", "avg_tbt_ms", "avg_tpot_ms", "avg_throughput_tps", "peak_mem_mb", "avg_mem_mb",
            "error_rate", "total_requests", "successful_requests", "failed_requests", "kv_used_tokens", "kv_used_bytes", "prefix_hit_rate", "evict_count",
            "evict_ms", "spec_accept_rate", "total_time_s", "start_time", "end_time", "request_throughput_rps", "input_throughput_tps",
            "output_throughput_tps", "total_throughput_tps", "total_input_tokens", "total_output_tokens", "std_ttft_ms", "p50_tpot_ms", "p95_tpot_ms",
            "p99_tpot_ms", "std_tpot_ms", "avg_itl_ms", "p50_itl_ms", "p95_itl_ms", "p99_itl_ms", "std_itl_ms", "avg_e2el_ms", "p50_e2el_ms", "p95_e2el_ms",
            "p99_e2el_ms", "std_e2el_ms", "total_kv_used_tokens", "total_kv_used_bytes", "avg_prefix_hit_rate", "total_evict_count", "total_evict_ms",
            "avg_spec_accept_rate");

    @Test
    void hasEveryField() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (System.getenv("REWRITE_REFERENCE") != null) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
            return;
        }
        assertThat(page.substring(begin, end)).isEqualTo(table());
    }

    @Test
    void everyPromisedFieldIsThere() {
        assertThat(EngineFields.all()).extracting(EngineField::key).containsAll(PROMISED);
    }

    private static String table() {
        var table = new StringBuilder("| Field | Unit | Better | Meaning |\n|---|---|---|---|\n");
        for (EngineField field : EngineFields.all()) {
            String better = switch (field.better()) {
                case LOWER -> "lower";
                case HIGHER -> "higher";
                case NEITHER -> "";
            };
            table.append("| `").append(field.key()).append("` | ").append(field.unit().text()).append(" | ").append(better).append(" | ").append(field.meaning())
                    .append(" |\n");
        }
        return table.toString();
    }
}
