package io.sagebench.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineProfilesTest {

    @Test
    void namesAreUniqueAndFindTheirProfile() {
        assertThat(EngineProfiles.all()).extracting(EngineProfile::name).doesNotHaveDuplicates().hasSizeGreaterThan(14);
        assertThat(EngineProfiles.all()).allSatisfy(profile ->
                assertThat(EngineProfiles.named(profile.name())).contains(profile));
        assertThat(EngineProfiles.named("gpt-5-abacus")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen2.5-14b-l40s", "llama3-70b-h100-tp8", "llama3.1-8b-h200", "mistral-7b-a100-tp2", "qwen3-32b-rtxpro6000"})
    void anyModelOnAnyGpuHasAProfile(String name) {
        assertThat(EngineProfiles.all()).extracting(EngineProfile::name).doesNotContain(name + "-tp1");
        assertThat(EngineProfiles.named(name)).hasValueSatisfying(profile -> assertThat(profile.name()).isEqualTo(name));
    }

    @Test
    void saysWhichPartOfANameIsUnknown() {
        assertThat(EngineProfiles.find("llama4-8b-a100")).isEqualTo(new ProfileLookup.UnknownModel("llama4-8b"));
        assertThat(EngineProfiles.find("llama3-8b-b300-tp2")).isEqualTo(new ProfileLookup.UnknownGpu("b300"));
        assertThat(EngineProfiles.find("abacus")).isEqualTo(new ProfileLookup.Unknown());
        assertThat(EngineProfiles.find("qwen2.5-7b-a100-tp8"))
                .isEqualTo(new ProfileLookup.Impossible("-tp8 must divide the 28 attention heads of qwen2.5-7b"));
    }

    @Test
    void saysFromHowManyGpusOnAModelFits() {
        assertThat(EngineProfiles.find("llama3-70b-h100"))
                .isEqualTo(new ProfileLookup.Impossible("llama3-70b does not fit: 142.6 GB are needed for weights and working memory,"
                        + " but one H100 80 GB SXM gives 77.3 GB at gpu_memory_utilization 0.9; it fits from tensor_parallel 2 on"));
    }

    @Test
    void theRecordedCardHasTheBlocksOfItsRecording() {
        EngineProfile rtx4090 = EngineProfiles.named("llama3-8b-rtx4090").orElseThrow();
        assertThat(rtx4090.kvBlocks()).isEqualTo(2588);
        assertThat(rtx4090.kvTokens()).isEqualTo(41_408);
        // vocabulary x hidden size x 2 bytes at 88 % of 1.008 TB/s
        assertThat(rtx4090.stepTime().h0()).isCloseTo(1.18, within(0.01));
    }

    @Test
    void anotherBatchLimitChangesNothingElse() {
        EngineProfile eight = EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow().withMaxNumSeqs(8);
        assertThat(eight.scheduler()).isEqualTo(new EngineProfile.Scheduler(8, 2048, 32_768, 16));
        assertThat(eight.withMaxNumSeqs(256)).isEqualTo(EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow());
    }

    @Test
    void theTokenBudgetMustHoldAFullBatch() {
        assertThatThrownBy(() -> new EngineProfile.Scheduler(256, 128, 4096, 16))
                .hasMessage("max_num_batched_tokens must be at least 256, but was 128");
    }

    /// What a scheduler assumes of an idle engine is what it will find: a prompt of 1,000 tokens, and then steps of one sequence.
    @Test
    void theExpectedSpeedIsCloseToWhatOneRequestGets() {
        for (EngineProfile profile : EngineProfiles.all()) {
            var trial = new EngineTrial(profile);
            EngineTrial.Job job = trial.job(1_000, 101);
            trial.run();
            var speed = profile.expectedSpeed();
            assertThat(speed.prefillNanos(1_000, 1_000_000) / 1e6 / job.ttftMillis()).as(profile.name()).isBetween(0.8, 1.25);
            double stepMillis = (job.endMillis() - job.ttftMillis()) / 100;
            assertThat(speed.stepNanos(1_050, 1) / 1e6 / stepMillis).as(profile.name()).isBetween(0.95, 1.05);
        }
    }
}
