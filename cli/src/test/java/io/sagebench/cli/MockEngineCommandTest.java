package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.Serving.EngineKind;
import io.sagebench.benchmark.Serving.MockEngineConfig;
import io.sagebench.engine.fault.FaultError;
import io.sagebench.engine.latency.LatencyFlags;
import io.sagebench.engine.latency.LatencyProfile;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.live.server.MockEngineOptions.Answers;
import io.sagebench.live.server.MockEngineOptions.Lengths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MockEngineCommandTest {
    @TempDir
    private Path directory = Path.of("unset");

    private final CommandLineHarness line = new CommandLineHarness();

    @Test
    void runsTheDefaultProfileStepByStep() {
        MockEngineConfig config = started("");
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8000);
        assertThat(config.models()).containsExactly("qwen2.5-0.5b");
        assertThat(config.faults().isEmpty()).isTrue();
        assertThat(config.options().lengths()).isEqualTo(Lengths.FULL);
        assertThat(profile(config).name()).isEqualTo("qwen2.5-0.5b-a100");
        assertThat(notes()).isEmpty();
    }

    @Test
    void changesWhatAProfileSays() {
        EngineProfile profile = profile(started("--profile llama3-8b-a100 --max-num-seqs 4 --max-num-batched-tokens 512"
                + " --max-model-len 2048 --block-size 32 --num-gpu-blocks 77 --scheduling-policy priority"
                + " --no-enable-prefix-caching --speculative-tokens 3 --speculative-acceptance 0.7 --noise 0.1"));
        assertThat(profile.scheduler())
                .isEqualTo(new EngineProfile.Scheduler(4, 512, 2048, 32, EngineProfile.Order.PRIORITY, false, true, 0));
        assertThat(profile.kvBlocks()).isEqualTo(77);
        assertThat(profile.speculation()).contains(new EngineProfile.Speculation(3, 0.7));
        assertThat(profile.noiseSigma()).isEqualTo(0.1);
    }

    @Test
    void anotherBlockSizeLeavesTheSizeOfTheCache() {
        EngineProfile usual = profile(started("--profile llama3-8b-a100"));
        EngineProfile larger = profile(started("--profile llama3-8b-a100 --block-size 32"));
        assertThat(larger.kvTokens()).isBetween(usual.kvTokens() - 31, usual.kvTokens());
    }

    @Test
    void anyLatencySelectsTheEngineWithGivenLatencies() {
        MockEngineConfig config = started("--model m --time-to-first-token 200ms --inter-token-latency 20 --max-num-seqs 8"
                + " --enable-kvcache --kv-cache-size 64 --block-size 8 --enable-prefix-caching");
        assertThat(config.models()).containsExactly("m");
        assertThat(config.options().lengths()).isEqualTo(Lengths.SAMPLED);
        assertThat(config.engine()).isInstanceOfSatisfying(EngineKind.WithLatencies.class, engine -> {
            assertThat(engine.profile())
                    .isEqualTo(new LatencyProfile(8, 1000, 1024, Optional.of(new LatencyProfile.Cache(64, 8))));
            assertThat(LatencyFlags.texts(engine.latencies()))
                    .containsEntry("time-to-first-token", "200ms")
                    .containsEntry("inter-token-latency", "20ms");
        });
        assertThat(notes()).containsExactly("without effect here, as in llm-d-inference-sim: enable-prefix-caching");
    }

    @Test
    void readsTheOptionsOfThePort() {
        MockEngineConfig config = started("--host 0.0.0.0 --port 9000 --served-model-name a b --mode echo --output-lengths sampled"
                + " --startup-duration 1.5s --enable-sleep-mode=false --enable-request-id-headers --max-waiting-queue-length 3"
                + " --default-embedding-dimensions 8 --seed 7 --data-parallel-size 1 --max-request-body-size-mb 4");
        assertThat(config.port()).isEqualTo(9000);
        assertThat(config.maxBodyBytes()).isEqualTo(4 << 20);
        assertThat(config.models()).containsExactly("a", "b");
        assertThat(config.options().answers()).isEqualTo(Answers.ECHO);
        assertThat(config.options().lengths()).isEqualTo(Lengths.SAMPLED);
        assertThat(config.options().startup()).isEqualTo(Duration.ofMillis(1500));
        assertThat(config.options().sleepMode()).isFalse();
        assertThat(config.options().requestIdHeaders()).isTrue();
        assertThat(config.options().maxWaiting()).hasValue(3);
        assertThat(config.options().embeddingDimensions()).isEqualTo(8);
        assertThat(config.seed()).isEqualTo(7);
    }

    @Test
    void readsFaultsAndFailures() {
        MockEngineConfig config = started("--faults error:503@2%,crash:at=30s,for=10s --failure-injection-rate 30"
                + " --failure-types rate_limit server_error");
        assertThat(config.faults().texts()).containsExactly("error:503@2%", "crash:for=10s,at=30s");
        assertThat(config.failures().percent()).isEqualTo(30);
        assertThat(config.failures().errors()).extracting(FaultError::name).containsExactly("rate_limit", "server_error");
    }

    @Test
    void anOptionBeatsTheEnvironmentWhichBeatsTheFile() throws IOException {
        Path file = Files.writeString(
                directory.resolve("sim.yaml"),
                "model: from-file\nmax-num-seqs: 2\nport: 1\ntime-to-first-token: 50\nserved-model-name: [x, y]\nenforce-eager: true\n");
        line.environment.put("SIM_MAX_NUM_SEQS", "3");
        line.environment.put("SIM_PORT", "2");
        MockEngineConfig config = started("--port 3 --config " + file);
        assertThat(config.port()).isEqualTo(3);
        assertThat(config.models()).containsExactly("x", "y");
        assertThat(config.engine()).isInstanceOfSatisfying(EngineKind.WithLatencies.class, engine ->
                assertThat(engine.profile().maxNumSeqs()).isEqualTo(3));
        assertThat(notes()).containsExactly("without effect here, as in llm-d-inference-sim: enforce-eager");
        line.environment.put("SIM_SERVED_MODEL_NAME", "from-environment");
        assertThat(started("--config " + file).models()).containsExactly("from-environment");
    }

    @Test
    void saysOnceWhatHasNoEffect() {
        started("--enforce-eager --tensor-parallel-size 4 --mm-processor-kwargs {} -v 5 --model m");
        assertThat(notes())
                .containsExactly("without effect here, as in llm-d-inference-sim: enforce-eager, tensor-parallel-size,"
                        + " mm-processor-kwargs, v");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--max-num-seqs 0               | --max-num-seqs: must be a whole number of at least 1, but is 0",
                "--port 99999                   | --port: must be a whole number from 0 to 65535, but is 99999",
                "--profile llama9               | --profile: unknown engine profile 'llama9'",
                "--profile llama3-8b-a100 --time-to-first-token 1s | --profile: cannot be given together with --time-to-first-token",
                "--noise 0.1 --prefill-overhead 5 | --noise: has no effect on given latencies (--prefill-overhead)",
                "--time-to-first-token soon     | --time-to-first-token: must be a time such as 200ms, 1.5s or 2m, or a number of mill",
                "--time-to-first-token 100 --time-to-first-token-std-dev 31 | --time-to-first-token-std-dev: must be at most 30 %",
                "--latency-calculator exact     | --latency-calculator: must be constant, per-token or empty, but is 'exact'",
                "--inter-token-latency 5 --block-size 10 | --block-size: must be one of 8, 16, 32, 64, 128, but is 10",
                "--kv-cache-size 5              | --kv-cache-size: is for given latencies; the blocks of a --profile are set with",
                "--speculative-tokens 3         | --speculative-tokens: needs --speculative-acceptance as well",
                "--max-num-batched-tokens 5     | --max-num-batched-tokens: must be at least --max-num-seqs, which is 256, but is 5",
                "--mode loud                    | --mode: must be one of echo, random, but is 'loud'",
                "--enable-sleep-mode=perhaps    | --enable-sleep-mode: must be true or false, but is 'perhaps'",
                "--faults hang@2                | --faults: 'hang@2': the rate after '@' must be a percentage such as 2%",
                "--faults hang,engine=e@2%      | --faults: must not name an engine, because there is only one here",
                "--failure-injection-rate 101   | --failure-injection-rate: must be a number from 0 to 100, but is 101",
                "--failure-types rate_limits    | but has 'rate_limits'; did you mean 'rate_limit'?",
                "--data-parallel-size 2         | --data-parallel-size: must be 1, but is 2: start a mock engine for each rank",
                "--zmq-endpoint tcp://x:1       | --zmq-endpoint: zmq-endpoint of llm-d-inference-sim is not supported here; leave it out",
                "--lora-modules {\"name\":1} {} | --lora-modules: lora-modules of llm-d-inference-sim is not supported here",
                "--startup-duration later       | --startup-duration: must be a time such as",
            })
    void refusesNonsense(String arguments, String message) {
        assertThat(line.execute(("mock-engine " + arguments).split(" "))).isEqualTo(2);
        assertThat(line.errLines()).singleElement().asString().contains(message);
        assertThat(line.serving.started).isEmpty();
    }

    @Test
    void tellsAllMistakesAtOnceWithTheirPlaces() throws IOException {
        Path file = Files.writeString(directory.resolve("sim.yaml"), "max-num-seq: 5\nport: x\nssl-certfile: a.pem\n");
        assertThat(line.execute("mock-engine", "--config", file.toString(), "--seed", "q", "--mode", "m")).isEqualTo(2);
        assertThat(line.errLines())
                .containsExactlyInAnyOrder(
                        file + ", line 1: unknown flag 'max-num-seq'; did you mean 'max-num-seqs'?",
                        file + ", line 2: port must be a whole number from 0 to 65535, but is 'x'",
                        file + ", line 3: ssl-certfile of llm-d-inference-sim is not supported here; leave it out",
                        "--seed: must be a whole number of at most 64 bits, but is 'q'",
                        "--mode: must be one of echo, random, but is 'm'");
    }

    @Test
    void helpHasSectionsAndHidesWhatDoesNothing() {
        assertThat(line.execute("mock-engine", "--help")).isZero();
        assertThat(line.out()).contains("The engine:", "Latencies, as llm-d-inference-sim", "What goes wrong");
        assertThat(line.out()).doesNotContain("enforce-eager", "zmq-endpoint");
        List.of("--port=", "--no-enable-prefix-caching", "--time-factor-under-load=", "--failure-types=").forEach(option ->
                assertThat(line.out()).contains(option));
    }

    private MockEngineConfig started(String arguments) {
        line.serving.started.clear();
        assertThat(line.execute(("mock-engine " + arguments).strip().split(" "))).as(line.err()).isZero();
        return (MockEngineConfig) line.serving.started.getFirst();
    }

    /// What was said before the command was stopped.
    private List<String> notes() {
        return line.errLines().stream().filter(said -> !said.startsWith("Stopping: ")).toList();
    }

    private static EngineProfile profile(MockEngineConfig config) {
        assertThat(config.engine()).isInstanceOf(EngineKind.Stepwise.class);
        return ((EngineKind.Stepwise) config.engine()).profile();
    }
}
