package io.sagebench.engine.sim.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.sim.embedding.EmbeddingProfile.BatchTime;
import io.sagebench.engine.sim.embedding.EmbeddingProfile.Batching;
import org.junit.jupiter.api.Test;

class EmbeddingProfilesTest {

    @Test
    void namesAreUniqueAndFindTheirProfile() {
        assertThat(EmbeddingProfiles.all()).extracting(EmbeddingProfile::name).doesNotHaveDuplicates().hasSize(8);
        assertThat(EmbeddingProfiles.all()).allSatisfy(profile ->
                assertThat(EmbeddingProfiles.named(profile.name())).contains(profile));
        assertThat(EmbeddingProfiles.named("bge-m3-abacus")).isEmpty();
    }

    @Test
    void aModelAnswersToTheNameItIsPublishedUnderToo() {
        assertThat(EmbeddingProfiles.all()).allSatisfy(profile ->
                assertThat(EmbeddingProfiles.namesOfModel(profile)).hasSize(2).contains(profile.model()));
        assertThat(EmbeddingProfiles.namesOfModel(EmbeddingProfiles.named("bge-m3-h100").orElseThrow()))
                .containsExactlyInAnyOrder("bge-m3", "BAAI/bge-m3");
    }

    @Test
    void bgeM3OnAnA100IsAsWorkedOutByHand() {
        EmbeddingProfile profile = EmbeddingProfiles.named("bge-m3-a100").orElseThrow();
        // 24 layers of 4 * 1024^2 + 2 * 1024 * 4096 weights are 302 million
        assertThat(profile.batchTime().baseMillis()).isCloseTo(1 + 604e6 / (0.68 * 2.04e12) * 1e3, within(0.001));
        assertThat(profile.batchTime().perTokenMicros()).isCloseTo(604e6 / (0.66 * 312e12) * 1e6, within(0.001));
        assertThat(profile.batchTime().perPairNanos()).isCloseTo(4.0 * 24 * 1024 / (0.45 * 312e12) * 1e9, within(1e-6));
        assertThat(profile.dimensions()).isEqualTo(1024);
        // a full batch of 32 texts of 512 tokens: 1.44 + 47.7 + 5.9 ms, 580 texts a second
        assertThat(profile.batchTime().nanos(32 * 512, 32 * 512.0 * 512) / 1e6).isCloseTo(55.0, within(0.5));
    }

    @Test
    void aDecoderThatEmbedsReadsItsWeightsLikeOneThatAnswers() {
        BatchTime batchTime = EmbeddingProfiles.named("e5-mistral-7b-a100").orElseThrow().batchTime();
        assertThat(batchTime.baseMillis()).as("mistral-7b-a100 has g0 = 10.1 ms and t0 = 1 ms").isCloseTo(11.1, within(0.1));
        assertThat(batchTime.perTokenMicros()).as("and g1 = 67.8 us").isCloseTo(67.8, within(0.1));
    }

    @Test
    void aBudgetThatTheLongestTextDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new Batching(100, 4, 101, 512, true, 0))
                .hasMessage("max_batch_tokens must be at least 101, but was 100");
        assertThatThrownBy(() -> new BatchTime(0, 0, 1, 1)).hasMessage("base must be a finite number above 0, but was 0.0");
    }
}
