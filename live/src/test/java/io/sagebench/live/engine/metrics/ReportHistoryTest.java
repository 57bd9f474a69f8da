package io.sagebench.live.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.live.engine.metrics.PrometheusText.Page;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportHistoryTest {
    private static final long SECOND = 1_000_000_000;

    private final ReportHistory history = new ReportHistory(Optional.empty(), Duration.ofSeconds(3));

    @Test
    void sharesAreOfWhatHappenedInTheWindow() {
        EngineReport first = at(0, 1_000, 900, 5);
        assertThat(first.prefixHitRate()).as("one look tells no difference").isEmpty();
        assertThat(first.preemptions()).isEmpty();
        assertThat(first.windowNanos()).isZero();

        EngineReport second = at(1, 1_400, 1_000, 7);
        assertThat(second.prefixHitRate()).as("100 of 400").hasValue(0.25);
        assertThat(second.preemptions()).hasValue(2);
        assertThat(second.windowNanos()).isEqualTo(SECOND);

        at(2, 1_400, 1_000, 7);
        at(3, 1_400, 1_000, 7);
        EngineReport fifth = at(4, 1_500, 1_100, 7);
        assertThat(fifth.windowNanos()).isEqualTo(3 * SECOND);
        assertThat(fifth.prefixHitRate()).as("100 of 100 since second 1").hasValue(1);
        assertThat(fifth.preemptions()).hasValue(0);
    }

    @Test
    void whereNothingHappenedThereIsNoShare() {
        at(0, 1_000, 900, 0);
        assertThat(at(1, 1_000, 900, 0).prefixHitRate()).isEmpty();
    }

    @Test
    void aCounterThatFallsMeansThatTheServerStartedAgain() {
        at(0, 1_000, 900, 5);
        EngineReport restarted = at(1, 100, 0, 0);
        assertThat(restarted.windowNanos()).isZero();
        assertThat(restarted.prefixHitRate()).isEmpty();
        assertThat(restarted.preemptions()).isEmpty();
        assertThat(at(2, 200, 50, 1).prefixHitRate()).hasValue(0.5);
    }

    @Test
    void theSourcesOfPromptTokensBeatTheQueriesOfTheCache() {
        String page = """
                vllm:num_requests_running 0
                vllm:prefix_cache_queries_total %1$d
                vllm:prefix_cache_hits_total %1$d
                vllm:prompt_tokens_by_source_total{source="local_compute"} %2$d
                vllm:prompt_tokens_by_source_total{source="local_cache_hit"} %3$d
                vllm:prompt_tokens_by_source_total{source="external_kv_transfer"} 0
                vllm:spec_decode_num_draft_tokens_total %1$d
                vllm:spec_decode_num_accepted_tokens_total %3$d
                """;
        read(page.formatted(0, 0, 0), 0);
        EngineReport report = read(page.formatted(100, 60, 40), 1);
        assertThat(report.prefixHitRate()).hasValue(0.4);
        assertThat(report.acceptRate()).hasValue(0.4);
    }

    @Test
    void sglangsModesThatEndInHitCameFromACache() {
        String page = """
                sglang:num_running_reqs 1
                sglang:prefill_effective_tokens_total{mode="compute"} %d
                sglang:prefill_effective_tokens_total{mode="device_hit"} %d
                sglang:prefill_effective_tokens_total{mode="host_hit"} %d
                sglang:cache_hit_rate 0.99
                """;
        read(page.formatted(0, 0, 0), 0);
        assertThat(read(page.formatted(50, 30, 20), 1).prefixHitRate()).hasValue(0.5);
    }

    private EngineReport at(int second, long queries, long hits, long preemptions) {
        return read(
                String.format(
                        Locale.ROOT,
                        """
                        vllm:num_requests_running 1
                        vllm:prefix_cache_queries_total %d
                        vllm:prefix_cache_hits_total %d
                        vllm:num_preemptions_total %d
                        """,
                        queries,
                        hits,
                        preemptions),
                second);
    }

    private EngineReport read(String text, int second) {
        if (PrometheusText.read(text, ServerKind::mayKnow) instanceof Page.Read(MetricSamples samples)) {
            return history.report(samples, second * SECOND).orElseThrow();
        }
        throw new AssertionError(text);
    }
}
