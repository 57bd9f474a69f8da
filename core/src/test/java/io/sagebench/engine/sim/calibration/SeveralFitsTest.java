package io.sagebench.engine.sim.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.calibration.Fitted.Standing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SeveralFitsTest {

    @Test
    void theBestIsAsUnsureAsTheEquallyGoodLieApart() {
        CalibrationResult best = fit(0.8, 0.01, 0.010);
        CalibrationResult asGood = fit(1.2, 0.01, 0.012);
        CalibrationResult bad = fit(3.0, 0.01, 0.200);
        Fitted together = SeveralFits.best(List.of(bad, best, asGood)).of(Parameter.KV_ATTENTION);
        assertThat(together.value()).isEqualTo(0.8);
        assertThat(together.standardError().orElseThrow()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void fitsThatAgreeStayAsUnsureAsTheySay() {
        Fitted together = SeveralFits.best(List.of(fit(1.0, 0.02, 0.01), fit(1.01, 0.02, 0.01))).of(Parameter.KV_ATTENTION);
        assertThat(together.standardError().orElseThrow()).isCloseTo(0.02, within(1e-9));
    }

    private static CalibrationResult fit(double value, double standardError, double typicalError) {
        var statistics = Optional.of(new FitError.Statistics(0, 0, typicalError, 10));
        var error = new FitError(statistics, statistics, statistics, 0);
        var fitted = new Fitted(Parameter.KV_ATTENTION, 1, value, OptionalDouble.of(standardError), Standing.FITTED);
        return new CalibrationResult(
                EngineProfiles.named("llama3-8b-a100").orElseThrow(), List.of(fitted), error, error, error, Optional.empty());
    }
}
