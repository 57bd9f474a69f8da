package io.sagebench.engine.sim.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.calibration.SweepLevel.Lengths;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FitErrorTest {
    private static final EngineProfile PROFILE = EngineProfiles.named("llama3-8b-rtx4090").orElseThrow();

    @Test
    void answersOfOneTokenHaveNoErrorPerToken() {
        FitError error = FitError.of(PROFILE, measured(new Lengths(100, 1), new Lengths(200, 1)), _ -> true);
        assertThat(error.tpot()).isEmpty();
        assertThat(error.ttft()).hasValueSatisfying(of -> assertThat(of.mean()).isZero());
        assertThat(error.compared()).isEqualTo(2);
    }

    /// A span of 5 ns over 9 further tokens is no time per token.
    @Test
    void tokensThatCameAllAtOnceHaveNoErrorPerToken() {
        var atOnce = new LoadLevel("at once", List.of(new ObservedRequest(0, 100, 10, 30_000_000, 30_000_005)));
        assertThat(FitError.of(PROFILE, List.of(atOnce), _ -> true).tpot()).isEmpty();
    }

    @Test
    void countsWhatTheEngineRefuses() {
        List<LoadLevel> measured = measured(new Lengths(100, 10), new Lengths(2000, 10), new Lengths(200, 10));
        FitError some = FitError.of(withBlocks(100), measured, _ -> true);
        assertThat(some.compared()).isEqualTo(2);
        assertThat(some.refused()).isEqualTo(1);
        FitError none = FitError.of(withBlocks(1), measured, _ -> true);
        assertThat(none).isEqualTo(new FitError(Optional.empty(), Optional.empty(), Optional.empty(), 3));
        assertThat(none.compared()).isZero();
    }

    /// Otherwise a fit takes what was never measured for an agreement, and is too sure of itself.
    @Test
    void countsNoGenerationTimeThatWasNotMeasured() {
        List<LoadLevel> measured = measured(new Lengths(100, 1), new Lengths(200, 10), new Lengths(300, 1));
        var errors = new ReplayErrors(PROFILE, measured, _ -> true);
        assertThat(errors.of(PROFILE)).containsExactly(0, 0, 0, 0);
        assertThat(errors.of(withBlocks(1))).containsExactly(30, 30, 30, 30);
    }

    private static EngineProfile withBlocks(int blocks) {
        return PROFILE.withKvBlocks(blocks);
    }

    private static List<LoadLevel> measured(Lengths... lengths) {
        return LoadLevel.cut(new SweepLevel("one by one", 1, List.of(lengths)).forecast(PROFILE));
    }
}
