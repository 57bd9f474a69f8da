package io.sagebench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.config.Checked;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.Documented;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.benchmark.config.Problem;
import io.sagebench.request.Priority;
import io.sagebench.workload.LengthRange;
import io.sagebench.workload.RequestKind;
import io.sagebench.workload.WorkloadSpec.Load;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkConfigBuilderTest {
    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void hasTheDefaultsOfTheProgram() {
        var checked = new ConfigDraft(List.of("fifo", "priority", "slo_aware")).check(HowMany.SEVERAL);
        assertThat(checked).isInstanceOfSatisfying(
                Checked.Valid.class, valid -> assertThat(Documented.of(BenchmarkConfig.builder().build())).isEqualTo(Documented.of(valid.settings().config())));
    }

    @Test
    void takesWhatTheDocumentedExampleSays() {
        BenchmarkConfig config = BenchmarkConfig.builder()
                .controlPlaneUrl("http://gateway:8000")
                .policies("fifo", "priority", "slo_aware", "aegaeon")
                .numRequests(1000)
                .requestRate(100.0)
                .modelDistribution(Map.of("llama-7b", 0.5, "llama-13b", 0.3, "mistral-7b", 0.2))
                .priorityDistribution(Map.of("HIGH", 0.2, "NORMAL", 0.6, "LOW", 0.2))
                .promptLenRange(10, 20)
                .outputLenRange(30, 40)
                .timeout(Duration.ofMillis(1500))
                .deadline("HIGH", Duration.ofMillis(250))
                .warmupRequests(3)
                .seed(-7)
                .repeats(2)
                .apiKey("secret")
                .set("settle_seconds", 0)
                .build();
        assertThat(config.target()).isEqualTo(new Target.Http(URI.create("http://gateway:8000")));
        assertThat(config.policies()).containsExactly("fifo", "priority", "slo_aware", "aegaeon");
        assertThat(config.workload().load()).isEqualTo(Load.poisson(1000, 100));
        RequestKind chats = config.workload().kinds().values().getFirst();
        assertThat(chats.models().shares()).containsEntry("llama-13b", 0.3);
        assertThat(chats.promptLength()).isEqualTo(new LengthRange(10, 20));
        assertThat(chats.serviceLevels().get(Priority.HIGH)).satisfies(level -> assertThat(level.endToEnd()).contains(Duration.ofMillis(250)));
        assertThat(config.client().total()).isEqualTo(Duration.ofMillis(1500));
        assertThat(config.client().apiKey().map(ApiKey::reveal)).contains("secret");
        assertThat(config.measuring()).isEqualTo(
                new BenchmarkConfig.MeasuringConfig(3, 2, -7, Optional.of(Duration.ZERO), false, config.measuring().monitor()));
        assertThat(config.toString()).doesNotContain("secret");
    }

    @Test
    void mixesPromptsAndTexts() {
        BenchmarkConfig config = BenchmarkConfig.builder()
                .simulated()
                .hybrid(0.7)
                .embeddingModel("my-embedder")
                .embeddingBatchSizes(32)
                .llmSloDeadline(Duration.ofSeconds(5))
                .embeddingSloDeadline(Duration.ofMillis(500))
                .build();
        assertThat(config.workload().isHybrid()).isTrue();
        assertThat(config.workload().models()).containsExactly("default", "my-embedder");
    }

    @Test
    void tellsAllMistakesAtOnceInTheWordsOfTheProgram() {
        var wrong = BenchmarkConfig.builder()
                .policies("fifo", "slo_awre")
                .numRequests(0)
                .requestRate(Double.NaN)
                .hybrid(1.5)
                .arrivalPattern("poison")
                .priorityDistribution(Map.of("HIGH", 0.4))
                .set("reqest_rate", 3)
                .set("embedding_batch_sizes", "1,x")
                .policyParameter("fifo", "speed", "9");
        assertThatExceptionOfType(InvalidConfiguration.class).isThrownBy(wrong::build).satisfies(thrown -> {
            assertThat(thrown.problems()).extracting(Problem::where).containsExactlyInAnyOrder(
                    "reqest_rate", "policies", "num_requests", "request_rate", "llm_ratio", "arrival_pattern", "priority_distribution",
                    "embedding_batch_sizes", "--policy-param");
            assertThat(thrown).hasMessageContaining("reqest_rate: there is no such setting; did you mean 'request_rate'?");
            assertThat(thrown).hasMessageContaining("num_requests: must be a whole number of at least 1, but is 0");
        });
    }

    @Test
    void whatIsSaidBeatsTheEnvironmentWhichBeatsTheFile() throws IOException {
        Path file = directory.resolve("load.yaml");
        Files.writeString(file, "num_requests: 5\nrequest_rate: 7\ncontrol_plane_url: http://file:1\nrepeats: 4\n");
        BenchmarkConfig config = BenchmarkConfig.builder()
                .requestRate(9)
                .file(file)
                .environment(Map.of("SAGE_CONTROL_PLANE_URL", "http://environment:1"))
                .build();
        assertThat(config.workload().load()).isEqualTo(Load.poisson(5, 9));
        assertThat(config.target()).isEqualTo(new Target.Http(URI.create("http://environment:1")));
        assertThat(config.repeats()).isEqualTo(4);
    }

    @Test
    void sayingAThingAgainReplacesIt() {
        BenchmarkConfig config = BenchmarkConfig.builder().controlPlaneUrl("http://a:1").numRequests(5).simulated().numRequests(6).build();
        assertThat(config.target()).isEqualTo(new Target.Simulated());
        assertThat(config.workload().load()).isEqualTo(Load.poisson(6, 10));
        assertThat(BenchmarkConfig.builder().simulated().embedded().build().target()).isEqualTo(new Target.Embedded());
    }
}
