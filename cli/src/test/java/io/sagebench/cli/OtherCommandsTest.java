package io.sagebench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.Serving.ControlPlaneServerConfig;
import io.sagebench.benchmark.Serving.EngineGroup;
import io.sagebench.benchmark.Serving.Engines;
import io.sagebench.benchmark.Serving.FirstPolicy;
import io.sagebench.controlplane.ControlPlaneSettings;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.live.server.GatewaySettings;
import io.sagebench.live.server.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class OtherCommandsTest {
    @TempDir
    private Path directory = Path.of("unset");

    private final CommandLineHarness line = new CommandLineHarness();

    @ParameterizedTest
    @ValueSource(strings = {
        "", "run", "compare", "serve", "mock-engine", "profiles", "calibrate", "policies", "workload", "workload show", "config", "validate", "completion"
    })
    void helpFitsInEightyColumns(String command) {
        assertThat(line.execute((command + " --help").strip().split(" "))).isZero();
        assertThat(line.out()).contains("Usage: sage-bench").contains("--help");
        assertThat(line.out().lines()).allMatch(text -> text.length() <= 80);
    }

    @Test
    void helpNamesOnlyWhatWorks() {
        line.execute("--help");
        assertThat(line.out()).contains("visualize").doesNotContain("history");
    }

    @Test
    void printsACompletionThatABashUnderstands() throws IOException, InterruptedException {
        assertThat(line.execute("completion", "bash")).isZero();
        Path script = Files.writeString(directory.resolve("completion.sh"), line.out());
        assertThat(completed(script, "sage-bench comp")).contains("compare", "completion");
        assertThat(completed(script, "sage-bench run --llm-r")).contains("--llm-ratio").doesNotContain("--rate");
        assertThat(completed(script, "sage-bench run --policy slo_")).contains("slo_aware").doesNotContain("fifo");
        assertThat(completed(script, "sage-cp-bench vali")).contains("validate").doesNotContain("run");
        assertThat(line.execute("completion", "fish")).isEqualTo(2);
        assertThat(line.err()).contains("must be one of bash, zsh, but is 'fish'");
    }

    /// What bash offers at the end of that line.
    private static List<String> completed(Path script, String typed) throws IOException, InterruptedException {
        String ask = "source \"$0\"; words=($1); COMP_WORDS=(\"${words[@]}\"); COMP_CWORD=$((${#words[@]} - 1)); COMP_LINE=\"$1\"; COMP_POINT=${#1};"
                + " f=$(complete -p \"${words[0]}\" | sed 's/.*-F \\([^ ]*\\).*/\\1/'); $f; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "-c", ask, script.toString(), typed).redirectErrorStream(true).start();
        var answer = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(bash.waitFor()).as(answer).isZero();
        return answer.lines().map(String::strip).toList();
    }

    @Test
    void refusesALevelOfTheLogThatThereIsNot() {
        line.environment.put("SAGE_LOG_LEVEL", "loud");
        assertThat(line.execute("policies")).isEqualTo(2);
        assertThat(line.err()).contains("SAGE_LOG_LEVEL: must be one of ERROR, WARN, INFO, DEBUG, TRACE, OFF, but is 'loud'");
        line.environment.put("SAGE_LOG_LEVEL", "debug");
        assertThat(line.execute("policies")).isZero();
    }

    @Test
    void saysItsVersion() {
        assertThat(line.execute("--version")).isZero();
        assertThat(line.out()).startsWith("sage-bench 1.2.3 (commit abc1234, Java ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "comapre           | unknown command 'comapre'; did you mean 'compare'?",
                "history           | unknown command 'history'",
                "run --rat 5       | unknown option '--rat'; did you mean '--rate'?",
                "run --visualize   | unknown option '--visualize'; did you mean '--no-visualize'?",
                "run extra         | unexpected 'extra'",
                "validate          | Missing required parameter: 'FILE'",
                "run --rate        | Missing required parameter for option '--rate' (RATE)",
            })
    void refusesWhatItDoesNotKnow(String arguments, String message) {
        assertThat(line.execute(arguments.split(" "))).isEqualTo(2);
        assertThat(line.errLines()).hasSize(2).first().isEqualTo(message);
        assertThat(line.errLines().getLast()).endsWith(" --help' shows what there is.");
        assertThat(line.out()).isEmpty();
    }

    @Test
    void showsTheHelpWithoutACommand() {
        assertThat(line.execute()).isEqualTo(2);
        assertThat(line.err()).contains("Commands:").contains("a command is missing");
    }

    @Test
    void listsAndExplainsPolicies() {
        assertThat(line.execute("policies")).isZero();
        assertThat(line.out()).contains("| fifo ").contains("| slo_aware ").contains("first come");
        assertThat(line.execute("policies", "priority")).isZero();
        assertThat(line.out()).startsWith("priority: ").contains("Parameters:");
        assertThat(line.execute("policies", "prioritty")).isEqualTo(2);
        assertThat(line.errLines())
                .containsExactly("policies: unknown policy 'prioritty'; did you mean 'priority'? 'sage-bench policies' lists them all");
    }

    @Test
    void printsProfilesThatItAccepts() throws IOException {
        assertThat(line.execute("profiles")).isZero();
        assertThat(line.out()).contains("| llama3-8b-a100 ").contains("profiled");
        assertThat(line.out().lines()).allMatch(text -> text.length() <= 100);
        assertThat(line.execute("profiles", "qwen2.5-14b-l40s")).isZero();
        assertThat(line.out()).startsWith("# qwen2.5-14b in bf16 on L40S 48 GB").contains("  g0_ms: ");
        Path file = Files.writeString(directory.resolve("mine.yaml"), line.out());
        assertThat(line.execute("profiles", file.toString())).isZero();
        assertThat(line.execute("mock-engine", "--profile", file.toString())).isZero();
        assertThat(line.execute("serve", "--simulated", "2x" + file)).isZero();
        assertThat(line.execute("run", "--engine-profile", file.toString(), "-o", directory.toString())).isZero();
    }

    @Test
    void saysWhatIsWrongWithAProfile() throws IOException {
        assertThat(line.execute("profiles", "llama3-8b-a1000")).isEqualTo(2);
        assertThat(line.err()).startsWith("profiles: unknown engine profile 'llama3-8b-a1000'; no GPU 'a1000' is known");
        Path file = Files.writeString(directory.resolve("mine.yaml"), "derive: {model: llama3-8b, gpu: a100}\nnoise_sigm: 1\n");
        for (String command : List.of("run --engine-profile " + file, "mock-engine --profile " + file, "serve --simulated " + file)) {
            assertThat(line.execute(command.split(" "))).as(command).isEqualTo(2);
            assertThat(line.err()).startsWith(file + ", line 2: unknown key 'noise_sigm'; did you mean");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "calibrate                            | --url: is missing; give the server's URL, or a log with --log",
                "calibrate --url http://a --log b.csv | --log: cannot be given together with --url; leave one of them out",
                "calibrate --url a:1                  | --url: must be a URL such as http://localhost:8080, but is 'a:1'",
                "calibrate --log b.csv --model m      | --model: has no effect with a log",
                "calibrate --log b.csv -o x.json      | --output: must end in .yaml or .yml, but is 'x.json'",
                "calibrate --log b.csv --seed x       | --seed: must be a whole number of at most 64 bits, but is 'x'",
                "calibrate --log b.csv --time-limit 0 | --time-limit: must be a whole number of at least 1, but is '0'",
            })
    void refusesToCalibrateNonsense(String arguments, String message) {
        assertThat(line.execute(arguments.split(" "))).isEqualTo(2);
        assertThat(line.errLines()).containsExactly(message);
    }

    @Test
    void calibratesToALogAndWritesAProfile() throws IOException {
        var csv = new StringBuilder("sent_s,first_token_s,last_token_s,prompt_tokens,output_tokens\n");
        for (int i = 0; i < 30; i++) {
            int prompt = 128 << (i % 5);
            csv.append(i * 10).append(',').append(i * 10 + 0.02 + prompt * 1e-4).append(',').append(i * 10 + 0.6 + prompt * 1e-4)
                    .append(',').append(prompt).append(",32\n");
        }
        Path log = Files.writeString(directory.resolve("log.csv"), csv);
        Path mine = directory.resolve("mine.yaml");
        assertThat(line.execute("calibrate", "--log", log.toString(), "--start-from", "llama3-8b-rtx4090", "-o", mine.toString()))
                .isZero();
        assertThat(line.out())
                .contains("g0, g1: linear layers")
                .contains("fitted, held-out half")
                .contains("num_gpu_blocks is not determined by this load")
                .endsWith("Profile: " + mine + "\n");
        assertThat(line.execute("profiles", mine.toString())).isZero();
        assertThat(line.out()).contains("name: mine");
        assertThat(line.execute("calibrate", "--log", log.toString(), "-o", mine.toString())).isEqualTo(2);
        assertThat(line.errLines())
                .containsExactly("--output: " + mine + " is there already; give another name, or --force to replace it");
        assertThat(line.execute("calibrate", "--log", directory.resolve("none.csv").toString(), "-o", directory.resolve("x.yaml").toString()))
                .isEqualTo(3);
        assertThat(line.err()).contains("none.csv: there is no such file");
    }

    @Test
    void calibratesBehindAnAuthorityOfOnesOwn() {
        Path none = directory.resolve("none.pem");
        assertThat(line.execute("calibrate", "--url", "https://127.0.0.1:9", "--ca-file", none.toString(), "-o", directory.resolve("x.yaml").toString()))
                .isEqualTo(2);
        assertThat(line.err()).contains("--ca-file: cannot be used").contains("none.pem");
        assertThat(line.execute("calibrate", "--url", "http://127.0.0.1:9", "--ca-file", none.toString(), "-o", directory.resolve("x.yaml").toString()))
                .isEqualTo(2);
        assertThat(line.err()).contains("--ca-file: is for https URLs, and --url names none");
    }

    @Test
    void printsAConfigurationThatItAccepts() throws IOException {
        assertThat(line.execute("config")).isZero();
        Path file = Files.writeString(directory.resolve("c.yaml"), line.out());
        assertThat(line.execute("validate", file.toString())).isZero();
        assertThat(line.out()).isEqualTo(file + ": valid; fifo, priority, slo_aware; 100 requests @ 10 req/s\n");
    }

    @Test
    void writesAConfigurationInTheFormTheNameSays() {
        Path file = directory.resolve("c.json");
        assertThat(line.execute("config", "-o", file.toString())).isZero();
        assertThat(file).content().startsWith("{");
        assertThat(line.execute("validate", file.toString())).isZero();
        assertThat(line.execute("config", "-o", file.toString())).isEqualTo(2);
        assertThat(line.err()).contains("is there already");
        assertThat(line.execute("config", "--format", "schema")).isZero();
        assertThat(JsonMapper.shared().readTree(line.out()).at("/properties/num_requests/default").asInt()).isEqualTo(100);
        assertThat(line.execute("config", "--format", "schema", "--cluster")).isEqualTo(2);
        assertThat(line.execute("config", "--format", "toml")).isEqualTo(2);
        assertThat(line.errLines()).containsExactly("--format: must be yaml, json or schema, but is 'toml'");
    }

    @Test
    void namesEveryMistakeInAConfiguration() throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), "sede: 1\nrepeats: 0\npolicy: fito\npolicies: [fifo]\n");
        assertThat(line.execute("validate", file.toString())).isEqualTo(2);
        assertThat(line.errLines())
                .containsExactlyInAnyOrder(
                        file + ", line 1: unknown key 'sede'; did you mean 'seed'?",
                        file + ", line 2: repeats must be a whole number from 1 to 10000, but is 0",
                        file + ", line 3: unknown policy 'fito'; did you mean 'fifo'? 'sage-bench policies' lists them all");
        assertThat(line.out()).isEmpty();
    }

    @Test
    void servesUntilItIsStopped() {
        assertThat(line.execute("serve", "--simulated", "2xllama3-8b-a100,qwen2.5-0.5b-a100", "-p", "slo_aware", "--port", "0"))
                .isZero();
        assertThat(line.serving.started)
                .containsExactly(new ControlPlaneServerConfig(
                        GatewaySettings.of(ServerSettings.onLoopback(0)),
                        new FirstPolicy("slo_aware", Map.of()),
                        new Engines.Simulated(
                                List.of(new EngineGroup(2, "llama3-8b-a100"), new EngineGroup(1, "qwen2.5-0.5b-a100"))),
                        Optional.empty(), ControlPlaneSettings.DEFAULT, FaultPlan.NONE, 42));
        assertThat(line.out()).isEqualTo("Listening on http://127.0.0.1:8080 (a test)\nStop it with Ctrl-C.\n");
        assertThat(line.serving.closed).isEqualTo(1);
    }

    @Test
    void servesEnginesAtAddresses() {
        assertThat(line.execute("serve", "--engines", "http://a:8000,http://b:8000")).isZero();
        assertThat(line.serving.started).singleElement().isInstanceOfSatisfying(
                ControlPlaneServerConfig.class,
                config -> assertThat(config.engines())
                        .isEqualTo(new Engines.AtUrls(List.of(URI.create("http://a:8000"), URI.create("http://b:8000")))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve --port 99999            | --port: must be a whole number from 0 to 65535, but is 99999",
                "serve --engines a:1           | --engines: must be a URL such as http://localhost:8080, but is 'a:1'",
                "serve --simulated 0xm         | --simulated: must be of the form 3xPROFILE,1xPROFILE with 1 to 10000 of each, but has '0xm'",
                "serve --policy fito           | --policy: unknown policy 'fito'; did you mean 'fifo'? 'sage-bench policies' lists them all",
                "serve --engines http://a --simulated m | --simulated: cannot be given together with --engines; leave one of them out",
            })
    void refusesToServeNonsense(String arguments, String message) {
        assertThat(line.execute(arguments.split(" "))).isEqualTo(2);
        assertThat(line.errLines()).containsExactly(message);
        assertThat(line.serving.started).isEmpty();
    }

    @Test
    void printsAClusterFileThatItAccepts() throws IOException {
        assertThat(line.execute("config", "--cluster")).isZero();
        Path file = Files.writeString(directory.resolve("cluster.yaml"), line.out());
        assertThat(line.execute("validate", file.toString())).isZero();
        assertThat(line.out()).isEqualTo(file + ": valid cluster file; policy fifo; sim-1, sim-2\n");
        assertThat(line.execute("config", "--cluster", "--format", "json")).isEqualTo(2);
    }

    @Test
    void servesWhatAClusterFileSaysAndOptionsWin() throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), """
                port: 9000
                policy: {name: priority, params: {}}
                engines:
                  - {id: a, url: "http://a:8000"}
                """);
        assertThat(line.execute("serve", "--config", file.toString(), "--port", "0", "-p", "slo_aware")).isZero();
        assertThat(line.serving.started).singleElement().isInstanceOfSatisfying(ControlPlaneServerConfig.class, config -> {
            assertThat(config.gateway().service().port()).isZero();
            assertThat(config.policy()).isEqualTo(new FirstPolicy("slo_aware", Map.of()));
        });
    }

    @Test
    void faultsGoWithAClusterFileOfSimulatedEngines() throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), "engines: [{id: a, simulated: llama3-8b-a100}]\n");
        assertThat(line.execute("serve", "--config", file.toString(), "--faults", "error:503@2%")).isZero();
        assertThat(line.serving.started).singleElement().isInstanceOfSatisfying(
                ControlPlaneServerConfig.class, config -> assertThat(config.faults().text()).isEqualTo("error:503@2%"));
    }

    @Test
    void refusesWhatTheClusterFileSaysAlready() throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), "engines: [{id: a, simulated: llama3-8b-a100}]\n");
        assertThat(line.execute("serve", "--config", file.toString(), "--engines", "http://b")).isEqualTo(2);
        assertThat(line.errLines()).containsExactly(
                "--engines: cannot be given together with --config, which says it for each engine; leave one of them out");
        assertThat(line.execute("serve", "--config", directory.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(line.err()).contains("there is no such file");
        assertThat(line.serving.started).isEmpty();
    }

    @Test
    void aParameterOfThePolicyIsChecked() {
        assertThat(line.execute("serve", "-p", "priority", "--policy-param", "no_such=1")).isEqualTo(2);
        assertThat(line.err()).contains("--policy-param: policy priority has no parameter 'no_such'");
        assertThat(line.execute("serve", "-p", "priority", "--policy-param", "aging_ms")).isEqualTo(2);
        assertThat(line.err()).contains("must be of the form NAME=VALUE or POLICY.NAME=VALUE, but is 'aging_ms'");
        assertThat(line.execute("serve", "-p", "priority", "--policy-param", "aging_ms=500")).isZero();
        assertThat(line.serving.started).singleElement().isInstanceOfSatisfying(
                ControlPlaneServerConfig.class,
                config -> assertThat(config.policy()).isEqualTo(new FirstPolicy("priority", Map.of("aging_ms", "500"))));
    }
}
