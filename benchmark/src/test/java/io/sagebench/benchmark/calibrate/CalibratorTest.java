package io.sagebench.benchmark.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.sagebench.benchmark.LocalServing;
import io.sagebench.benchmark.Serving.EngineKind;
import io.sagebench.benchmark.Serving.MockEngineConfig;
import io.sagebench.benchmark.Serving.RunningServer;
import io.sagebench.benchmark.Serving.Served;
import io.sagebench.benchmark.calibrate.CalibrationOrder.Source;
import io.sagebench.engine.fault.FailureInjection;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.StepTime;
import io.sagebench.engine.sim.calibration.CalibrationResult;
import io.sagebench.engine.sim.calibration.Fitted.Standing;
import io.sagebench.engine.sim.calibration.Parameter;
import io.sagebench.live.server.MockEngineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibratorTest {
    private final List<String> progress = new ArrayList<>();

    /// A server twice as slow in its linear layers as the profile says, over real HTTP: a short sweep, so that the test takes seconds.
    @Test
    void findsOutHowFastAServerIs() {
        EngineProfile start = EngineProfiles.named("qwen2.5-1.5b-h100").orElseThrow();
        var hidden = new MockEngineConfig(
                "127.0.0.1", 0, 1 << 24, new EngineKind.Stepwise(with(start, 2)), List.of("hidden"), FaultPlan.NONE, FailureInjection.NONE,
                MockEngineOptions.DEFAULT, 1);
        Served served = new LocalServing(_ -> {}).mockEngine(hidden);
        assertThat(served).isInstanceOf(Served.Listening.class);
        try (RunningServer server = ((Served.Listening) served).server()) {
            var source = new Source.Server(server.url(), Optional.empty(), Optional.empty());
            var order = new CalibrationOrder(source, Optional.of(start), Duration.ofSeconds(1), 5);
            CalibrationOutcome outcome = new Calibrator(progress::add).calibrate(order);
            assertThat(outcome).isInstanceOf(CalibrationOutcome.Fitted.class);
            var fitted = (CalibrationOutcome.Fitted) outcome;
            CalibrationResult result = fitted.result();
            assertThat(result.of(Parameter.GEMM).value()).isCloseTo(2, withinPercentage(10));
            assertThat(result.heldOut().endToEnd().orElseThrow().mean()).isBetween(-0.05, 0.05);
            assertThat(result.profile().model()).isEqualTo("hidden");
            assertThat(result.of(Parameter.KV_BLOCKS).standing()).isEqualTo(Standing.GIVEN);
            assertThat(fitted.notes()).contains("The server says that it has " + start.kvBlocks() + " KV blocks (/metrics), so that is not fitted.");
            assertThat(progress).anyMatch(line -> line.startsWith("measuring hidden at http://127.0.0.1:"));
        }
    }

    @Test
    void fitsToALog(@TempDir Path directory) throws IOException {
        EngineProfile start = EngineProfiles.named("llama3-8b-rtx4090").orElseThrow();
        var csv = new StringBuilder(RequestLog.CSV_HEADER + "\n");
        for (int i = 0; i < 40; i++) {
            int prompt = 128 << (i % 6);
            double firstMillis = 8 + new ProfileSteps(with(start, 1.5)).prefillMillis(prompt);
            double lastMillis = firstMillis + 31 * new ProfileSteps(with(start, 1.5)).decodeMillis(prompt + 16);
            csv.append(String.format(
                    Locale.ROOT, "%d,%.6f,%.6f,%d,32%n", i * 10, i * 10 + firstMillis / 1e3, i * 10 + lastMillis / 1e3, prompt));
        }
        Path log = Files.writeString(directory.resolve("log.csv"), csv);
        var order = new CalibrationOrder(new Source.Log(log), Optional.of(start), Duration.ofSeconds(1), 5);
        var result = ((CalibrationOutcome.Fitted) new Calibrator(progress::add).calibrate(order)).result();
        assertThat(result.of(Parameter.GEMM).value()).isCloseTo(1.5, withinPercentage(5));
    }

    /// Steps of one request by itself, by the formula.
    private record ProfileSteps(EngineProfile profile) {
        double prefillMillis(int prompt) {
            double millis = 0;
            for (int done = 0; done < prompt; done += 2048) {
                int chunk = Math.min(2048, prompt - done);
                millis += profile.stepTime().nanos(chunk, 1, 0, 1, chunk * (done + chunk / 2.0), chunk + done == prompt ? 1 : 0) / 1e6;
            }
            return millis;
        }

        double decodeMillis(int context) {
            return profile.stepTime().nanos(1, 1, context, 0, 0, 1) / 1e6;
        }
    }

    @Test
    void saysWhenThereIsNothingToFitTo(@TempDir Path directory) throws IOException {
        Path log = Files.writeString(directory.resolve("log.csv"), RequestLog.CSV_HEADER + "\n1,2,3,10,10\n");
        var order = new CalibrationOrder(new Source.Log(log), Optional.empty(), Duration.ofSeconds(1), 5);
        assertThat(new Calibrator(progress::add).calibrate(order)).isEqualTo(new CalibrationOutcome.Failed(
                List.of(log + ": has only 1 requests that can be used; 16 are the least to fit to")));
    }

    @ParameterizedTest
    @CsvSource({
        "meta-llama/Llama-3.1-8B-Instruct, llama3.1-8b-a100",
        "meta-llama/Meta-Llama-3-70B,      llama3-70b-a100-tp2",
        "Qwen/Qwen2.5-7B-Instruct,         qwen2.5-7b-a100",
        "Llama-2-13b-chat-hf,              llama2-13b-a100",
    })
    void guessesWhereToStart(String model, String profile) {
        assertThat(Calibrator.guess(model)).map(EngineProfile::name).contains(profile);
        assertThat(Calibrator.guess("gpt-abacus")).isEmpty();
    }

    private static EngineProfile with(EngineProfile start, double gemm) {
        var step = start.stepTime();
        var slower = new StepTime(
                step.t0(), step.g0() * gemm, step.n0(), step.g1Micros() * gemm, step.aSeq(), step.aKvMicros(), step.rho(), step.aPf(),
                step.aQkNanos(), step.h0(), step.h1(), step.allReduce());
        return new EngineProfile(start.name(), start.model(), slower, start.scheduler(), start.kvBlocks(), start.overhead());
    }
}
