package io.sagebench.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EngineProfilesTest {

    @Test
    void namesAreUniqueAndFindTheirProfile() {
        assertThat(EngineProfiles.all()).extracting(EngineProfile::name).doesNotHaveDuplicates().hasSize(14);
        assertThat(EngineProfiles.all()).allSatisfy(profile ->
                assertThat(EngineProfiles.named(profile.name())).contains(profile));
        assertThat(EngineProfiles.named("gpt-5-abacus")).isEmpty();
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
