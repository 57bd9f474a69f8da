package io.sagebench.live.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EngineFactsTest {
    private static final URI URL = URI.create("http://gpu:8000");

    @Test
    void readsWhatVllmSaysOfItsCache() throws IOException {
        var facts = EngineFacts.read(
                URL,
                "{\"object\":\"list\",\"data\":[{\"id\":\"meta-llama/Llama-3.1-8B\",\"max_model_len\":8192}]}",
                """
                # HELP vllm:cache_config_info Information of the LLMEngine CacheConfig
                # TYPE vllm:cache_config_info gauge
                vllm:cache_config_info{block_size="16",cache_dtype="auto",num_cpu_blocks="0",num_gpu_blocks="2588",num_gpu_blocks_override="None"} 1.0
                """);
        assertThat(facts)
                .isEqualTo(new EngineFacts(
                        List.of("meta-llama/Llama-3.1-8B"), OptionalInt.of(8192), OptionalInt.of(2588), OptionalInt.of(16)));
    }

    @Test
    void aServerMaySayLittle() throws IOException {
        var facts = EngineFacts.read(URL, "{\"data\":[{\"id\":\"m\"},{\"id\":\"n\"}]}", "");
        assertThat(facts).isEqualTo(new EngineFacts(List.of("m", "n"), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()));
        var unset = EngineFacts.read(URL, "{\"data\":[{\"id\":\"m\"}]}", "vllm:cache_config_info{num_gpu_blocks=\"None\"} 1.0\n");
        assertThat(unset.kvBlocks()).isEmpty();
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> EngineFacts.read(URL, "{}", "")).isInstanceOf(IOException.class)
                .hasMessage("http://gpu:8000/v1/models lists no models: load one into that server");
        assertThatThrownBy(() -> EngineFacts.read(URL, "<html>", "")).hasMessage("http://gpu:8000/v1/models did not answer with JSON");
    }
}
