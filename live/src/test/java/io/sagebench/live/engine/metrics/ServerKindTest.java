package io.sagebench.live.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.live.engine.metrics.PrometheusText.Page;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What pages of the servers mean. The pages have the names and labels that these servers write.
class ServerKindTest {

    @Test
    void vllmSumsItsEnginesAndTakesTheMeanOfTheirUsage() {
        MetricSamples page = page("""
                # HELP vllm:num_requests_running Number of requests in model execution batches.
                # TYPE vllm:num_requests_running gauge
                vllm:num_requests_running{engine="0",model_name="m"} 3.0
                vllm:num_requests_running{engine="1",model_name="m"} 5.0
                vllm:num_requests_waiting{engine="0",model_name="m"} 9.0
                vllm:num_requests_waiting{engine="1",model_name="m"} 1.0
                vllm:num_requests_waiting_by_reason{engine="0",model_name="m",reason="capacity"} 4.0
                vllm:num_requests_waiting_by_reason{engine="0",model_name="m",reason="deferred"} 5.0
                vllm:num_requests_waiting_by_reason{engine="1",model_name="m",reason="capacity"} 1.0
                vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.25
                vllm:kv_cache_usage_perc{engine="1",model_name="m"} 0.75
                vllm:cache_config_info{block_size="16",cache_dtype="auto",engine="0",num_gpu_blocks="1000"} 1.0
                vllm:cache_config_info{block_size="16",cache_dtype="auto",engine="1",num_gpu_blocks="1000"} 1.0
                """);
        Reading reading = ServerKind.VLLM.read(page);
        assertThat(reading.running()).hasValue(8);
        assertThat(reading.waiting()).as("for want of room").hasValue(5);
        assertThat(reading.kvUsage()).hasValue(0.5);
        assertThat(ServerKind.VLLM.kvTokens(page)).hasValue(32_000);
        assertThat(reading.kvUsedTokens()).hasValue(16_000);
        assertThat(ServerKind.of(page)).contains(ServerKind.VLLM);
    }

    @Test
    void olderVllmHasOtherNames() {
        Reading reading = ServerKind.VLLM.read(page("""
                vllm:num_requests_waiting{model_name="m"} 2
                vllm:gpu_cache_usage_perc{model_name="m"} 0.4
                vllm:cache_config_info{block_size="16",num_gpu_blocks="None"} 1
                """));
        assertThat(reading.waiting()).hasValue(2);
        assertThat(reading.running()).as("what is not told is absent").isEmpty();
        assertThat(reading.kvUsage()).hasValue(0.4);
        assertThat(reading.kvUsedTokens()).isEmpty();
    }

    @Test
    void sglangTellsItsTokensDirectlyAndTheFullestOfItsPools() {
        MetricSamples page = page("""
                sglang:num_running_reqs{model_name="m",tp_rank="0",dp_rank="0"} 7
                sglang:num_running_reqs{model_name="m",tp_rank="0",dp_rank="1"} 1
                sglang:num_queue_reqs{model_name="m"} 2
                sglang:token_usage{model_name="m",pool="full"} 0.3
                sglang:token_usage{model_name="m",pool="swa"} 0.6
                sglang:kv_used_tokens{model_name="m"} 12345
                sglang:max_total_num_tokens{model_name="m"} 40000
                sglang:cache_hit_rate{model_name="m"} 0.2
                sglang:spec_accept_rate{model_name="m"} 0.7
                """);
        Reading reading = ServerKind.SGLANG.read(page);
        assertThat(reading.running()).hasValue(8);
        assertThat(reading.waiting()).hasValue(2);
        assertThat(reading.kvUsage()).hasValue(0.6);
        assertThat(reading.kvUsedTokens()).hasValue(12_345);
        assertThat(reading.prefixHitRate()).hasValue(0.2);
        assertThat(reading.acceptRate()).hasValue(0.7);
        assertThat(ServerKind.SGLANG.kvTokens(page)).hasValue(40_000);
        assertThat(ServerKind.of(page)).contains(ServerKind.SGLANG);
    }

    @Test
    void lmdeployTgiTeiAndTrtllmHaveNamesOfTheirOwn() {
        Reading lmdeploy = ServerKind.LMDEPLOY.read(page(
                "lmdeploy:num_requests_running 1\nlmdeploy:num_requests_waiting 2\nlmdeploy:gpu_cache_usage_perc 0.5\n"));
        assertThat(List.of(lmdeploy.running(), lmdeploy.waiting())).containsExactly(OptionalLong.of(1), OptionalLong.of(2));
        assertThat(lmdeploy.kvUsage()).hasValue(0.5);
        assertThat(lmdeploy.kvUsedTokens()).isEmpty();

        MetricSamples tgiPage = page("tgi_batch_current_size 3\ntgi_batch_current_max_tokens 16000\ntgi_queue_size 4\n");
        Reading tgi = ServerKind.TGI.read(tgiPage);
        assertThat(tgi.running()).hasValue(3);
        assertThat(tgi.waiting()).hasValue(4);
        assertThat(tgi.kvUsage()).isEmpty();
        assertThat(ServerKind.of(tgiPage)).contains(ServerKind.TGI);

        MetricSamples teiPage = page("te_queue_size 6\nte_request_count{method=\"batch\"} 9\n");
        assertThat(ServerKind.TEI.read(teiPage).waiting()).hasValue(6);
        assertThat(ServerKind.TEI.read(teiPage).running()).isEmpty();
        assertThat(ServerKind.of(teiPage)).contains(ServerKind.TEI);

        Reading trtllm = ServerKind.TRTLLM.read(page("""
                trtllm_num_requests_running 2
                trtllm_num_requests_waiting 0
                trtllm_kv_cache_utilization 0.5
                trtllm_kv_cache_max_blocks 100
                trtllm_kv_cache_tokens_per_block 32
                """));
        assertThat(trtllm.waiting()).as("0 is told").hasValue(0);
        assertThat(trtllm.kvUsedTokens()).hasValue(1_600);
    }

    @Test
    void aPageOfAnotherProgramTellsNoKind() {
        assertThat(ServerKind.of(page("process_cpu_seconds_total 4\nvllm:num_preemptions_total 0\n"))).isEqualTo(Optional.empty());
    }

    @Test
    void figuresThatCannotBeAreNotTold() {
        Reading reading = ServerKind.VLLM.read(page("""
                vllm:num_requests_running NaN
                vllm:num_requests_waiting -1
                vllm:kv_cache_usage_perc 1.5
                """));
        assertThat(List.of(reading.running(), reading.waiting())).containsOnly(OptionalLong.empty());
        assertThat(reading.kvUsage()).isEqualTo(OptionalDouble.empty());
    }

    @Test
    void bucketsOfHistogramsAreNotEvenRead() {
        assertThat(ServerKind.mayKnow("vllm:num_requests_running")).isTrue();
        assertThat(ServerKind.mayKnow("vllm:time_to_first_token_seconds_bucket")).isFalse();
        assertThat(ServerKind.mayKnow("process_cpu_seconds_total")).isFalse();
    }

    private static MetricSamples page(String text) {
        return switch (PrometheusText.read(text, _ -> true)) {
            case Page.Read(MetricSamples samples) -> samples;
            case Page.Malformed(String reason) -> throw new AssertionError(reason);
        };
    }
}
