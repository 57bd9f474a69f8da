package io.sagebench.engine.sim.multimodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.sim.EngineProfiles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultiModelProfilesTest {

    @Test
    void namesAreUniqueAndFindTheirProfile() {
        assertThat(MultiModelProfiles.all()).extracting(MultiModelProfile::name).containsExactly("market-a100", "market-h100");
        assertThat(MultiModelProfiles.all()).allSatisfy(profile ->
                assertThat(MultiModelProfiles.named(profile.name())).contains(profile));
        assertThat(MultiModelProfiles.named("market-abacus")).isEmpty();
    }

    @Test
    void a7bModelIsThereInAboutSixTenthsOfASecond() {
        MultiModelProfile a100 = MultiModelProfiles.named("market-a100").orElseThrow();
        // 13.5 GB at 25 GB/s and 50 ms
        assertThat(a100.coldSwitchNanos("llama2-7b") / 1e9).isCloseTo(0.59, within(1e-9));
        assertThat(a100.coldSwitchNanos("llama2-13b") / 1e9).isCloseTo(1.09, within(1e-9));
    }

    @Test
    void aModelAloneHasTheKvCacheOfItsOwnEngine() {
        MultiModelProfile a100 = MultiModelProfiles.named("market-a100").orElseThrow();
        long tokens = a100.kvBytes("llama3-8b") / a100.kvBytesPerToken("llama3-8b");
        long own = EngineProfiles.named("llama3-8b-a100").orElseThrow().kvTokens();
        assertThat(tokens / (double) own).isCloseTo(1, within(0.01));
    }

    @Test
    void nonsenseIsRefused() {
        var model = new CardModel(100, 10, 50, CardTrial.steps(1, 0, 0));
        assertThatThrownBy(() -> new MultiModelProfile("p", 109, 1, 0, Map.of("m", model)))
                .hasMessage("model m needs 110 bytes, but p has 109");
        assertThatThrownBy(() -> new MultiModelProfile("p", 109, 1, 0, Map.of())).hasMessage("p has no models");
        assertThatThrownBy(() -> new MultiModelProfile("p", 200, 0, 0, Map.of("m", model)))
                .hasMessage("link bytes per second must be a finite number above 0, but was 0.0");
    }
}
