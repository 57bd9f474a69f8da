package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.Serving.EngineKind;
import io.sagebench.benchmark.Serving.MockEngineConfig;
import io.sagebench.benchmark.engine.CpuModel;
import io.sagebench.benchmark.engine.CpuServing;
import io.sagebench.engine.latency.LatencyFlags;
import io.sagebench.inference.CpuEngineSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineServeCommandTest {
    private final CommandLineHarness line = new CommandLineHarness();

    @Test
    void servesTheModelThatShipsUnlessAnotherIsNamed() {
        assertThat(cpu(""))
                .isEqualTo(new CpuServing.Config("127.0.0.1", 8000, CpuModel.DEFAULT, List.of(), CpuEngineSettings.DEFAULTS));
        assertThat(line.out()).contains("Listening on ");
    }

    @Test
    void saysHowTheModelIsComputedAndWhere() {
        CpuServing.Config config = cpu("--backend cpu --model models/qwen --served-model-name a,b --host 0.0.0.0 --port 9000"
                + " --threads 4 --max-num-seqs 16 --max-model-len 512");
        assertThat(config.model()).isEqualTo(new CpuModel("models/qwen"));
        assertThat(config.names()).containsExactly("a", "b");
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.port()).isEqualTo(9000);
        assertThat(config.settings())
                .isEqualTo(CpuEngineSettings.DEFAULTS.withThreads(4).withMaxConcurrent(16).withContextTokens(512));
    }

    @Test
    void aMockHasConstantLatencies() {
        var config = (MockEngineConfig) started("--backend mock --model m --mock-ttft-ms 40 --mock-tbt-ms 12");
        assertThat(config.models()).containsExactly("m");
        assertThat(config.engine()).isInstanceOfSatisfying(EngineKind.WithLatencies.class, engine ->
                assertThat(LatencyFlags.texts(engine.latencies()))
                        .containsEntry("time-to-first-token", "40ms")
                        .containsEntry("inter-token-latency", "12ms"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --threads 0                  | --threads: must be a whole number from 1 to 1024, but is 0
            --port 70000                 | --port: must be a whole number from 0 to 65535, but is 70000
            --mock-ttft-ms 5             | --mock-ttft-ms: has no effect with --backend cpu
            --backend mock --threads 2   | --threads: has no effect with --backend mock
            --backend vllm               | --backend
            """)
    void saysWhatIsWrong(String arguments, String message) {
        assertThat(line.execute(("engine serve " + arguments).split(" "))).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(line.err()).contains(message);
        assertThat(line.serving.started).isEmpty();
    }

    private CpuServing.Config cpu(String arguments) {
        return (CpuServing.Config) started(arguments);
    }

    private Object started(String arguments) {
        assertThat(line.execute(("engine serve " + arguments).strip().split(" "))).as(line.err()).isZero();
        return line.serving.started.getFirst();
    }
}
