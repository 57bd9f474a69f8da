package io.sagebench.controlplane;

import static io.sagebench.controlplane.ScriptedEngine.anEngine;
import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.EngineSpeed;
import io.sagebench.time.VirtualTimeline;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedEstimatorTest {
    private static final EngineSpeed TRUE = new EngineSpeed(8e6, 20_000, 2, 5e6, 40, 100_000);

    @Test
    void startsFromWhatTheEngineIsExpectedToBe() {
        var estimator = new SpeedEstimator(TRUE);
        assertThat(estimator.prefillNanos(1_000, 1e6)).isEqualTo(8e6 + 20e6 + 2e6);
        assertThat(estimator.stepNanos(1_000, 10)).isEqualTo(5e6 + 40_000 + 1e6);
    }

    /// The true engine is about half, or about two and a half times, as fast as assumed.
    @ParameterizedTest
    @ValueSource(doubles = {0.4, 2})
    void learnsTheSpeedOfAnEngineThatIsNotAsAssumed(double factor) {
        var estimator = new SpeedEstimator(new EngineSpeed(
                8e6 * factor, 20_000 * factor, 2 * factor, 5e6 * factor, 40 * factor, 100_000 * factor));
        var chance = new SplittableRandom(3);
        for (int i = 0; i < 500; i++) {
            double tokens = chance.nextInt(10, 4_000);
            double context = chance.nextInt(100, 100_000);
            double sequences = chance.nextInt(1, 64);
            double noise = 0.95 + 0.1 * chance.nextDouble();
            estimator.observePrefill(tokens, tokens * tokens, Math.round(TRUE.prefillNanos(tokens, tokens * tokens) * noise));
            estimator.observeStep(context, sequences, TRUE.stepNanos(context, sequences) * noise);
        }
        for (double tokens : new double[] {50, 500, 2_000, 4_000}) {
            double expected = TRUE.prefillNanos(tokens, tokens * tokens);
            assertThat(estimator.prefillNanos(tokens, tokens * tokens) / expected).as("%s tokens", tokens).isCloseTo(1, within(0.1));
        }
        for (double context : new double[] {500, 20_000, 80_000}) {
            assertThat(estimator.stepNanos(context, 16) / TRUE.stepNanos(context, 16)).as("%s", context).isCloseTo(1, within(0.1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noCoefficientEverBecomesNegativeOrInfinite(long seed) {
        var fit = new RecursiveLeastSquares(new double[] {1e7, 1e4, 1}, 2e6);
        var chance = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            double x = chance.nextInt(1, 5_000);
            fit.observe(1, x, x * x, chance.nextDouble() * 1e9); // nothing to be learnt from this
            for (int j = 0; j < 3; j++) {
                assertThat(fit.coefficient(j)).isNotNegative().isFinite();
            }
        }
    }

    @Test
    void theSameObservationOverAndOverDoesNotUnsettleIt() {
        var fit = new RecursiveLeastSquares(new double[] {1e7, 1e4, 1}, 2e6);
        for (int i = 0; i < 100_000; i++) {
            fit.observe(1, 300, 90_000, 2e7);
        }
        assertThat(fit.estimate(1, 300, 90_000)).isCloseTo(2e7, within(1e4));
        assertThat(fit.coefficient(0)).isBetween(0.0, 2e7);
        double before = fit.estimate(1, 2_000, 4e6);
        fit.observe(1, 2_000, 4e6, before * 1.1);
        assertThat(fit.estimate(1, 300, 90_000)).as("one new point").isCloseTo(2e7, within(2e6));
    }

    /// An engine that is not at all what is assumed of a server nothing is known about: 3 ms and 30 us a prompt token, 2 ms a step.
    @Test
    void aControlPlaneComesToPredictItsEnginesWithinTenPercent() {
        var timeline = new VirtualTimeline();
        var engine = anEngine(timeline, "a").answering(job -> 3_000_000 + 30_000L * job.promptTokens(), _ -> 2_000_000);
        var trial = new ControlPlaneTrial(timeline, "fifo", engine);
        var chance = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            var submission = aSubmission("r" + i).tokens(chance.nextInt(10, 500), 20);
            timeline.at(i * 100_000_000L, () -> trial.submit(submission));
        }
        trial.run();
        var errors = trial.controlPlane.metrics().estimatorErrors();
        for (String estimate : new String[] {"ttft", "tpot", "output_tokens"}) {
            var error = Objects.requireNonNull(errors.get(estimate));
            assertThat(error.count()).as(estimate).isGreaterThan(1_900);
            assertThat(error.withinTenPercent()).as(estimate).isGreaterThan(0.95);
        }
    }

    /// A gateway that nobody used over a night, or whose first request comes hours after it was started.
    @ParameterizedTest
    @ValueSource(longs = {60, 600, 3_600, 3 * 3_600, 24 * 3_600, 365 * 24 * 3_600L})
    void aPauseHoweverLongLeavesItAsUncertainAsAtFirstAndNoMore(long pauseSeconds) {
        var estimator = new SpeedEstimator(TRUE);
        var fresh = new SpeedEstimator(TRUE);
        var chance = new SplittableRandom(7);
        for (int i = 0; i < 300; i++) {
            double tokens = chance.nextInt(10, 4_000);
            estimator.observePrefill(tokens, tokens * tokens, Math.round(TRUE.prefillNanos(tokens, tokens * tokens)));
            estimator.observeStep(tokens, 4, TRUE.stepNanos(tokens, 4));
        }
        for (int pauses = 0; pauses < 5; pauses++) {
            estimator.pause(pauseSeconds * 1_000_000_000);
            long slow = Math.round(1.3 * TRUE.prefillNanos(500, 250_000));
            estimator.observePrefill(500, 250_000, slow);
            fresh.observePrefill(500, 250_000, slow);
            estimator.observeStep(500, 4, TRUE.stepNanos(500, 4));
            for (double tokens : new double[] {10, 500, 3_000}) {
                double expected = TRUE.prefillNanos(tokens, tokens * tokens);
                assertThat(estimator.prefillNanos(tokens, tokens * tokens) / expected).as("prefill of %s", tokens).isBetween(0.5, 2.0);
                assertThat(estimator.stepNanos(tokens, 4) / TRUE.stepNanos(tokens, 4)).as("step of %s", tokens).isBetween(0.5, 2.0);
            }
        }
    }
}
