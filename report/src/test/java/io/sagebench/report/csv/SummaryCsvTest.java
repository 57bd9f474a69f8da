package io.sagebench.report.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.SampleReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryCsvTest {
    @Test
    void hasTheDocumentedColumnsFirstAndOursAfterThem() {
        String header = new SummaryCsv(SampleReport.of()).text().lines().findFirst().orElseThrow();
        assertThat(header)
                .startsWith("policy,throughput_rps,token_throughput_tps,e2e_latency_avg_ms,e2e_latency_p50_ms,e2e_latency_p95_ms,"
                        + "e2e_latency_p99_ms,ttft_avg_ms,ttft_p50_ms,ttft_p95_ms,ttft_p99_ms,tbt_avg_ms,tbt_p95_ms,slo_compliance_rate,"
                        + "error_rate,timeout_rate,total_requests,completed_requests,failed_requests,")
                .endsWith("send_lag_p99_ms,validity,target,ceiling,jain_by_tenant,usd,usd_per_1k_tokens,busy_usd");
    }

    @Test
    void writesOneRowAPolicyWithEmptyCellsForWhatIsNotKnown() {
        String text = new SummaryCsv(SampleReport.of(SampleReport.policy("fifo", 95.2, 0.712, 3, 2, 1))).text();
        assertThat(text.lines().skip(1))
                .containsExactly("fifo,95.2,200,156.25,2,4,423,156.25,2,4,423,,,0.712,0.003,0.002,1000,994,3,2,1,0.001,90,"
                        + ",0.712,,,,156.25,423,156.25,423,valid,simulated,false,,,,");
        assertThat(text).endsWith("\r\n");
    }

    @Test
    void marksCeilingsAndLeavesOutWhatWasNotRun() {
        String text = new SummaryCsv(SampleReport.withCeilingAndNotRun()).text();
        assertThat(text.lines().skip(1).map(row -> row.substring(0, row.indexOf(',')))).containsExactly("fifo", "oracle_slo");
        assertThat(text.lines().skip(2)).allMatch(row -> row.endsWith(",true,,,,"));
    }

    @Test
    void hasTheDocumentedColumnsOfBothPartsWhereTextsAreSentToo() {
        List<String> lines = new SummaryCsv(SampleReport.hybrid()).text().lines().toList();
        assertThat(lines.getFirst())
                .startsWith("policy,throughput_rps,e2e_latency_avg_ms,e2e_latency_p50_ms,e2e_latency_p95_ms,e2e_latency_p99_ms,"
                        + "slo_compliance_rate,error_rate,timeout_rate,total_requests,completed_requests,llm_total_requests,"
                        + "llm_completed_requests,llm_throughput_rps,llm_token_throughput_tps,llm_ttft_avg_ms,llm_ttft_p50_ms,"
                        + "llm_ttft_p95_ms,llm_ttft_p99_ms,llm_tbt_avg_ms,llm_e2e_latency_avg_ms,llm_e2e_latency_p99_ms,"
                        + "llm_slo_compliance_rate,embedding_total_requests,embedding_completed_requests,embedding_throughput_rps,"
                        + "embedding_throughput_texts_ps,embedding_batch_efficiency,embedding_avg_batch_size,"
                        + "embedding_e2e_latency_avg_ms,embedding_e2e_latency_p99_ms,embedding_slo_compliance_rate,llm_ratio_actual,"
                        + "embedding_ratio_actual,gpu_utilization_avg,gpu_utilization_max,gpu_memory_avg_mb,gpu_memory_max_mb,");
        assertThat(lines.get(1))
                .startsWith("fifo,90,156.25,2,4,423,0.93,0,0,1000,1000,700,700,63,200,156.25,2,4,423,,200,450,0.9,"
                        + "300,300,27,108,,4,20,45,1,0.7,0.3");
    }

    @Test
    void quotesWhatWouldBreakARow() {
        String text = new SummaryCsv(SampleReport.of(SampleReport.policy("my \"own\", policy", 1, 1, 0, 0, 0))).text();
        assertThat(text.lines().skip(1).findFirst().orElseThrow()).startsWith("\"my \"\"own\"\", policy\",1,");
    }

    @Test
    void neverWritesExponents() {
        String text = new SummaryCsv(SampleReport.of(SampleReport.policy("fifo", 0.00001, 1, 0, 0, 0))).text();
        assertThat(text).contains("fifo,0.00001,");
    }
}
