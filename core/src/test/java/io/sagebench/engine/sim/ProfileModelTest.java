package io.sagebench.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.EngineModel.Load;
import io.sagebench.engine.PromptContent;
import io.sagebench.request.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Forecasts against what a simulated engine then does.
class ProfileModelTest {
    private final EngineProfile profile = EngineProfiles.named("llama3-8b-a100").orElseThrow();
    private final ProfileModel model = new ProfileModel(profile);

    /// In one step, in several equal ones, in several and a rest.
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_000, 5_000, 8_000})
    void aloneTheFirstTokenComesWhenForecast(int promptTokens) {
        var trial = new EngineTrial(profile);
        var job = trial.job(promptTokens, 1);
        trial.run();
        double nanos = job.tokenNanos.getFirst();
        assertThat(model.ttftNanos(Load.IDLE, promptTokens, 0)).isCloseTo(nanos, within(1e-4 * nanos));
    }

    @Test
    void whatIsCachedIsNotComputedAgain() {
        var trial = new EngineTrial(profile);
        PromptContent content = PromptContent.unique(7);
        trial.job(0, 1_600, 1, Priority.NORMAL, content);
        var again = trial.job(5_000_000_000L, 1_700, 1, Priority.NORMAL, content);
        trial.run();
        double nanos = again.tokenNanos.getFirst() - again.startNanos;
        assertThat(model.ttftNanos(Load.IDLE, 1_700, 1_600)).isCloseTo(nanos, within(1e-4 * nanos));
        assertThat(model.ttftNanos(Load.IDLE, 1_700, 0)).isGreaterThan(2 * nanos);
    }

    @Test
    void aloneTokensComeAsFastAsForecast() {
        var trial = new EngineTrial(profile);
        var job = trial.job(500, 200);
        trial.run();
        assertThat(model.tpotNanos(Load.IDLE, 500, 200)).isCloseTo(tpotNanos(job), within(0.001 * tpotNanos(job)));
    }

    @Test
    void moreWorkAheadNeverBringsTheFirstTokenSooner() {
        double before = 0;
        for (int queued = 0; queued <= 40; queued++) {
            double nanos = model.ttftNanos(new Load(300L * queued, queued, 20, 20_000, 4_000), 500, 0);
            assertThat(nanos).isGreaterThanOrEqualTo(before);
            before = nanos;
        }
    }

    /// Poisson arrivals, prompts of 50 to 2,000 tokens, answers of 50 to 400. The bounds are what was measured, rounded up: of each request's error
    /// in relation to what it was, the mean and the mean without sign. At 10 requests/s the A100 is overloaded, and first tokens take seconds.
    @ParameterizedTest
    @CsvSource({
        "llama3-8b-a100,      2,  0.03, 0.10, 0.02, 0.11",
        "llama3-8b-a100,      5,  0.03, 0.16, 0.04, 0.18",
        "llama3-8b-a100,      8,  0.03, 0.20, 0.06, 0.36",
        "llama3-8b-a100,      10, 0.10, 0.15, 0.06, 0.46",
        "llama3-8b-rtx4090,   1,  0.03, 0.09, 0.02, 0.09",
        "llama3-8b-rtx4090,   2,  0.03, 0.12, 0.02, 0.12",
        "llama3-70b-h100-tp4, 5,  0.03, 0.16, 0.09, 0.14"
    })
    void underLoadForecastsAreRightOnAverageAndNearForEach(
            String name, double ratePerSecond, double ttftBias, double ttftError, double tpotBias, double tpotError) {
        List<Forecast> forecasts = new LoadedEngine(EngineProfiles.named(name).orElseThrow()).forecasts(ratePerSecond);
        ToDoubleFunction<Forecast> ofTtft = forecast -> forecast.ttftNanos / ttftNanos(forecast.job) - 1;
        ToDoubleFunction<Forecast> ofTpot = forecast -> forecast.tpotNanos / tpotNanos(forecast.job) - 1;
        assertThat(mean(forecasts, ofTtft)).isCloseTo(0, within(ttftBias));
        assertThat(mean(forecasts, forecast -> Math.abs(ofTtft.applyAsDouble(forecast)))).isLessThan(ttftError);
        assertThat(mean(forecasts, ofTpot)).isCloseTo(0, within(tpotBias));
        assertThat(mean(forecasts, forecast -> Math.abs(ofTpot.applyAsDouble(forecast)))).isLessThan(tpotError);
    }

    private static double mean(List<Forecast> forecasts, ToDoubleFunction<Forecast> of) {
        return forecasts.stream().mapToDouble(of).average().orElseThrow();
    }

    private static double ttftNanos(EngineTrial.Job job) {
        return job.tokenNanos.getFirst() - job.startNanos;
    }

    private static double tpotNanos(EngineTrial.Job job) {
        return (double) (job.tokenNanos.getLast() - job.tokenNanos.getFirst()) / (job.tokenNanos.size() - 1);
    }

    /// What was forecast of a job when it started.
    private record Forecast(EngineTrial.Job job, double ttftNanos, double tpotNanos) {}

    /// An engine that is asked for a forecast whenever a job starts, and told no more than a control plane knows.
    private static final class LoadedEngine {
        private final EngineTrial trial;
        private final ProfileModel model;
        private final List<Forecast> forecasts = new ArrayList<>();

        LoadedEngine(EngineProfile profile) {
            trial = new EngineTrial(profile);
            model = new ProfileModel(profile);
        }

        List<Forecast> forecasts(double ratePerSecond) {
            var chance = new SplittableRandom(1);
            double atSeconds = 0;
            for (int i = 0; i < 1_000; i++) {
                atSeconds -= Math.log(1 - chance.nextDouble()) / ratePerSecond;
                int prompt = chance.nextInt(50, 2_001);
                int output = chance.nextInt(50, 401);
                trial.timeline.at(Math.round(atSeconds * 1e9), () -> start(prompt, output));
            }
            trial.run();
            return forecasts;
        }

        private void start(int prompt, int output) {
            Load load = load();
            long number = trial.jobs.size();
            var job = trial.job(trial.timeline.nowNanos(), prompt, output, Priority.NORMAL, PromptContent.unique(number));
            forecasts.add(new Forecast(job, model.ttftNanos(load, prompt, 0), model.tpotNanos(load, prompt, output)));
        }

        private Load load() {
            long queuedTokens = 0;
            int queued = 0;
            int decoding = 0;
            long context = 0;
            long left = 0;
            for (EngineTrial.Job job : trial.jobs) {
                int sent = job.tokensSoFar();
                if (job.endNanos >= 0) {
                    continue;
                }
                if (sent == 0) {
                    queuedTokens += job.promptTokens;
                    queued++;
                } else {
                    decoding++;
                    context += job.promptTokens + sent;
                }
                left += job.outputTokens - sent;
            }
            return new Load(queuedTokens, queued, decoding, context, left);
        }
    }
}
