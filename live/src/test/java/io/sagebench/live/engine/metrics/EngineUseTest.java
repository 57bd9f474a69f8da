package io.sagebench.live.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineUseTest {
    private final EngineUse use = new EngineUse(Optional.empty());

    private static String vllm(long prompts, long cached, long preemptions, double usage) {
        return """
                vllm:num_requests_running{engine="0"} 3
                vllm:num_requests_waiting{engine="0"} 0
                vllm:kv_cache_usage_perc{engine="0"} %s
                vllm:cache_config_info{block_size="16",num_gpu_blocks="100"} 1
                vllm:prefix_cache_queries_total{engine="0"} %d
                vllm:prefix_cache_hits_total{engine="0"} %d
                vllm:num_preemptions_total{engine="0"} %d
                process_resident_memory_bytes 2097152
                """.formatted(usage, prompts, cached, preemptions);
    }

    @Test
    void countersCountByHowMuchTheyGrew() {
        use.take(vllm(1000, 900, 5, 0.1));
        use.take(vllm(1200, 950, 6, 0.5));
        use.take(vllm(1400, 1000, 8, 0.2));
        assertThat(use.prefixHitRate()).hasValue(100 / 400.0);
        assertThat(use.preemptions()).hasValue(3);
        assertThat(use.mostKvTokens()).hasValue(800);
        assertThat(use.mostRunning()).hasValue(3);
        assertThat(use.memoryMegabytes()).containsExactly(2.0, 2.0, 2.0);
        assertThat(use.kind()).hasValue(ServerKind.VLLM);
    }

    @Test
    void withoutGuessesThereIsNoShareOfGoodOnes() {
        use.take(vllm(0, 0, 0, 0));
        use.take(vllm(10, 0, 0, 0));
        assertThat(use.acceptRate()).isEmpty();
    }

    @Test
    void anEngineThatWasStartedAgainDoesNotTellWhatGrew() {
        use.take(vllm(1000, 900, 5, 0.1));
        use.take(vllm(10, 0, 0, 0.1));
        use.take(vllm(2000, 1000, 9, 0.1));
        assertThat(use.restarted()).isTrue();
        assertThat(use.preemptions()).isEmpty();
        assertThat(use.prefixHitRate()).isEmpty();
        assertThat(use.mostKvTokens()).hasValue(160);
    }

    @Test
    void sglangTellsItsHitRateItself() {
        use.take("sglang:num_running_reqs 2\nsglang:cache_hit_rate 0.4\nsglang:kv_used_tokens 512\n");
        assertThat(use.kind()).hasValue(ServerKind.SGLANG);
        assertThat(use.prefixHitRate()).hasValue(0.4);
        assertThat(use.mostKvTokens()).hasValue(512);
        assertThat(use.preemptions()).isEmpty();
    }

    @Test
    void aPageOfSomethingElseSaysSo() {
        assertThat(use.take("node_load1 0.5\n")).hasValueSatisfying(problem -> assertThat(problem).contains("no names of an engine"));
        assertThat(use.take("<html>")).isPresent();
        assertThat(use.kind()).isEmpty();
        assertThat(use.mostKvTokens()).isEmpty();
    }
}
