package io.sagebench.benchmark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.Serving.EngineGroup;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.LengthChoice;
import io.sagebench.workload.LengthRange;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Prompts and texts to embed, and their deadlines.
class DraftOfMixTest extends DraftHarness {
    @Test
    void mixesPromptsAndTextsInHybridMode() {
        draft.option(Setting.MODE, "--mode", "hybrid");
        draft.option(Setting.LLM_RATIO, "--llm-ratio", "0.5");
        draft.option(Setting.EMBEDDING_BATCH_SIZES, "--embedding-batch-sizes", "2,8");
        draft.deadlines("--slo", "EMBEDDING_HIGH=50,ttft=200,TPOT=20");
        var settings = valid();
        var shares = new EnumMap<RequestType, Double>(RequestType.class);
        settings.config().workload().kinds().shares().forEach((kind, share) -> shares.put(kind.type(), share));
        assertThat(shares.get(RequestType.LLM_CHAT)).isEqualTo(0.4);
        assertThat(shares.get(RequestType.LLM_GENERATE)).isEqualTo(0.1);
        assertThat(shares.get(RequestType.EMBEDDING)).isEqualTo(0.5);
        var texts = settings.config().workload().kinds().values().getLast();
        assertThat(texts.models().values()).containsExactly("BAAI/bge-m3");
        assertThat(texts.traits().texts()).isEqualTo(new LengthChoice(List.of(2, 8)));
        assertThat(texts.promptLength()).as("50 to 500 characters of four a token").isEqualTo(new LengthRange(13, 125));
        assertThat(texts.serviceLevels()).containsEntry(Priority.HIGH, within(50)).containsEntry(Priority.NORMAL, within(200));
        var chats = settings.config().workload().kinds().values().getFirst();
        assertThat(chats.serviceLevels().get(Priority.LOW))
                .isEqualTo(new ServiceLevel(
                        Optional.of(Duration.ofSeconds(2)), Optional.of(Duration.ofMillis(200)), Optional.of(Duration.ofMillis(20))));
        assertThat(settings.config().fleet().groups()).extracting(EngineGroup::profile).containsExactly("qwen2.5-0.5b-a100", "bge-m3-a100");
        assertThat(settings.documented())
                .containsEntry("llm_ratio", 0.5)
                .containsEntry("embedding_ratio", 0.5)
                .containsEntry("generate_ratio", 0.2)
                .containsEntry("embedding_batch_sizes", List.of(2, 8));
    }

    @Test
    void eitherRatioGivesTheOtherAndBothSumToOne() throws IOException {
        draft.file(file("a.yaml", "mode: hybrid\nembedding_ratio: 0.2\n"));
        assertThat(valid().documented()).containsEntry("llm_ratio", 0.8);
        var both = new ConfigDraft(List.of("fifo"));
        both.file(file("b.yaml", "mode: hybrid\nllm_ratio: 0.7\nembedding_ratio: 0.2\n"));
        assertThat(both.check(HowMany.SEVERAL)).isInstanceOfSatisfying(Checked.Invalid.class, invalid -> assertThat(invalid.problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("llm_ratio and embedding_ratio must sum to 1")));
        var closer = new ConfigDraft(List.of("fifo"));
        closer.option(Setting.LLM_RATIO, "--llm-ratio", "0.3");
        closer.file(file("c.yaml", "mode: hybrid\nllm_ratio: 0.7\nembedding_ratio: 0.3\n"));
        assertThat(closer.check(HowMany.SEVERAL)).isInstanceOfSatisfying(Checked.Valid.class, closest ->
                assertThat(closest.settings().documented()).containsEntry("llm_ratio", 0.3).containsEntry("embedding_ratio", 0.7));
    }

    @Test
    void takesTheOtherDocumentedSpellings() throws IOException {
        draft.file(file(
                "a.yaml",
                """
                mode: hybrid
                llm_model_distribution: {llama: 1.0}
                embedding_batch_size: 32
                llm_slo_deadline_ms: 5000
                embedding_slo_deadline_ms: 700
                hybrid_slo_config: {high_priority_deadline_ms: 100}
                """));
        var kinds = valid().config().workload().kinds().values();
        assertThat(kinds.getFirst().models().values()).containsExactly("llama");
        assertThat(kinds.getFirst().serviceLevels()).containsEntry(Priority.HIGH, within(100)).containsEntry(Priority.LOW, within(5000));
        assertThat(kinds.getLast().serviceLevels()).containsEntry(Priority.HIGH, within(700));
        assertThat(kinds.getLast().traits().texts()).isEqualTo(new LengthChoice(List.of(32)));
    }

    @Test
    void refusesWhatMakesNoSenseInEitherMode() {
        draft.option(Setting.LLM_RATIO, "--llm-ratio", "1.5");
        draft.option(Setting.EMBEDDING_BATCH_SIZES, "--embedding-batch-sizes", "0,9999");
        assertThat(((Checked.Invalid) draft.check(HowMany.SEVERAL)).problems())
                .extracting(Problem::toString)
                .contains(
                        "--llm-ratio: must be a share from 0 to 1, but is 1.5",
                        "--llm-ratio: has no effect without --mode hybrid",
                        "--embedding-batch-sizes: must be a whole number from 1 to 2048, but is 0",
                        "--embedding-batch-sizes: must be a whole number from 1 to 2048, but is 9999");
    }

    @Test
    void givesEachPriorityItsDeadline() {
        draft.deadlines("--slo", "HIGH=250,LOW=3000");
        assertThat(valid().config().workload().kinds().values().getFirst().serviceLevels())
                .isEqualTo(Map.of(
                        Priority.CRITICAL, within(250),
                        Priority.HIGH, within(250),
                        Priority.NORMAL, within(1000),
                        Priority.LOW, within(3000),
                        Priority.BACKGROUND, within(12_000)));
    }

    @Test
    void saysWhatIsWrongWithADeadline() {
        draft.deadlines("--slo", "HIGH=0,URGENT=3");
        assertThat(problems(HowMany.SEVERAL))
                .containsExactly(
                        "--slo: unknown priority 'URGENT'; there are CRITICAL, HIGH, NORMAL, LOW, BACKGROUND, TTFT, TPOT"
                        + " and the priorities of texts to embed, such as EMBEDDING_HIGH",
                        "--slo: must be above 0 ms and at most 1000000000 ms, but is 0");
    }
}
