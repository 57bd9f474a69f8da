package io.sagebench.benchmark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.config.Problem;
import io.sagebench.benchmark.engine.EngineDraft.Name;
import io.sagebench.benchmark.engine.EngineWorkload.Execution;
import io.sagebench.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineDraftTest {
    @TempDir
    private Path directory = Path.of("unset");

    private final EngineDraft draft = new EngineDraft(Map.of());

    private EngineSettings settings() {
        return switch (draft.check()) {
            case EngineDraft.Checked.Valid(EngineSettings settings) -> settings;
            case EngineDraft.Checked.Invalid(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };
    }

    private List<String> problems() {
        return switch (draft.check()) {
            case EngineDraft.Checked.Valid(EngineSettings settings) -> throw new AssertionError(settings.toString());
            case EngineDraft.Checked.Invalid(List<Problem> problems) -> problems.stream().map(Problem::toString).toList();
        };
    }

    @Test
    void withoutAnyOptionTheThreeWorkloadsRunOnTheCpu() {
        EngineSettings settings = settings();
        assertThat(settings.choice().backend()).isEqualTo(EngineBackend.CPU);
        assertThat(settings.workloads()).extracting(EngineWorkload::name).containsExactly("short_input", "long_input", "stress_test");
        assertThat(settings.output()).isEqualTo(Path.of("./benchmark_results"));
    }

    @ParameterizedTest
    @CsvSource({
        "short, short_input, 128, 128, 5, sequential",
        "long, long_input, 200, 200, 3, sequential",
        "stress, stress_test, 256, 256, 10, all at once",
        "q5, Q5, 32, 64, 10, all at once",
        "streaming_concurrent, streaming_concurrent, 64, 128, 10, 4 at a time",
        "year3_long, year3_long, 32768, 2048, 10, sequential",
    })
    void workloadsAreAsDocumented(String selector, String name, int prompt, int output, int requests, String execution) {
        draft.option(Name.WORKLOAD, selector);
        EngineWorkload workload = settings().workloads().getFirst();
        assertThat(workload.name()).isEqualTo(name);
        assertThat(workload.promptTokens()).isEqualTo(prompt);
        assertThat(workload.outputTokens()).isEqualTo(output);
        assertThat(workload.requests()).isEqualTo(requests);
        assertThat(workload.execution().text()).isEqualTo(execution);
    }

    @Test
    void year1IsM1() {
        assertThat(EngineWorkloads.selected("year1")).isEqualTo(EngineWorkloads.selected("M1"));
        assertThat(EngineWorkloads.selected("query").orElseThrow()).hasSize(8);
    }

    @Test
    void aServerNeedsItsAddress() {
        draft.option(Name.BACKEND, "vllm");
        assertThat(problems()).singleElement().asString().startsWith("--backend vllm: needs --url").contains("http://localhost:8000");
    }

    @Test
    void anAddressNeedsAScheme() {
        draft.option(Name.BACKEND, "vllm");
        draft.option(Name.URL, "gpu-box:8000");
        assertThat(problems()).singleElement().asString().contains("must be an address such as", "did you mean 'http://gpu-box:8000'?");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        draft.option(Name.BACKEND, "vlm");
        draft.option(Name.WORKLOAD, "shrt");
        draft.option(Name.MODE, "offline");
        draft.option(Name.REPEATS, "0");
        draft.option(Name.RATE, "-1");
        draft.option(Name.SEED, "abc");
        draft.option(Name.TIMEOUT, "soon");
        assertThat(problems())
                .anyMatch(problem -> problem.startsWith("--backend: must be one of mock, cpu, vllm") && problem.endsWith("did you mean 'vllm'?"))
                .anyMatch(problem -> problem.startsWith("--workload: unknown workload 'shrt'") && problem.endsWith("did you mean 'short'?"))
                .anyMatch(problem -> problem.equals("--mode: must be traffic or batch, but is 'offline'"))
                .anyMatch(problem -> problem.startsWith("--repeats: must be a whole number from 1"))
                .anyMatch(problem -> problem.startsWith("--rate: must be a number of requests per second above 0"))
                .anyMatch(problem -> problem.equals("--seed: must be a whole number, but is 'abc'"))
                .anyMatch(problem -> problem.startsWith("--timeout: must be a time above 0"))
                .hasSize(7);
    }

    @Test
    void whatWouldHaveNoEffectIsAMistake() {
        draft.option(Name.BACKEND, "mock");
        draft.option(Name.MODE, "batch");
        draft.option(Name.RATE, "10");
        draft.option(Name.THREADS, "2");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "--threads: is of --backend cpu", "--rate: has no effect with --mode batch, which sends everything at once");
    }

    private Path file(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, content);
        return file;
    }

    @Test
    void aWorkloadFileIsHonouredFieldByField() throws IOException {
        draft.option(Name.WORKLOAD_FILE, file("own.yaml", """
                workloads:
                  - name: mine
                    prompt: Tell me.
                    workload_type: STREAMING
                    prompt_tokens: 40
                    max_tokens: 20
                    num_requests: 6
                    temperature: 0.5
                    top_p: 0.9
                    top_k: 40
                    repetition_penalty: 1.2
                    stream: false
                    warmup_rounds: 3
                    concurrency: 2
                    extra_params: {min_tokens: 20, stop: [a, b], flag: true}
                """).toString());
        EngineWorkload workload = settings().workloads().getFirst();
        assertThat(settings().workloads()).hasSize(1);
        assertThat(workload.type()).isEqualTo("streaming");
        assertThat(workload.promptTokens()).isEqualTo(40);
        assertThat(workload.outputTokens()).isEqualTo(20);
        assertThat(workload.requests()).isEqualTo(6);
        assertThat(workload.warmup()).isEqualTo(3);
        assertThat(workload.execution()).isEqualTo(new Execution.Callers(2));
        assertThat(workload.asking().streaming()).isFalse();
        assertThat(workload.asking().temperature()).hasValue(0.5);
        assertThat(workload.asking().topP()).hasValue(0.9);
        assertThat(workload.asking().topK()).hasValue(40);
        assertThat(workload.asking().repetitionPenalty()).hasValue(1.2);
        assertThat(workload.asking().extra()).containsOnlyKeys("min_tokens", "stop", "flag").containsEntry("stop", List.of("a", "b"));
    }

    @Test
    void aFileMayBeAListAndLeaveThingsOut() throws IOException {
        draft.option(Name.WORKLOAD_FILE, file("own.json", "[{\"name\": \"a\", \"prompt\": \"Say.\", \"concurrent\": true}]").toString());
        EngineWorkload workload = settings().workloads().getFirst();
        assertThat(workload.outputTokens()).isEqualTo(128);
        assertThat(workload.requests()).isEqualTo(1);
        assertThat(workload.execution()).isEqualTo(new Execution.AtOnce());
        assertThat(workload.asking().streaming()).isTrue();
    }

    @Test
    void allMistakesOfAFileAreToldWithTheirLines() throws IOException {
        Path file = file("own.yaml", """
                workloads:
                  - name: a/b
                    prompt: Tell me.
                    workload_type: strss
                  - prompt: Say.
                    top_p: 2
                    max_token: 5
                    extra_params: {model: other}
                """);
        draft.option(Name.WORKLOAD_FILE, file.toString());
        assertThat(problems())
                .anyMatch(problem -> problem.startsWith(file + ", line 2: ") && problem.contains("must be of letters"))
                .anyMatch(problem -> problem.startsWith(file + ", line 4: ") && problem.endsWith("did you mean 'stress'?"))
                .anyMatch(problem -> problem.startsWith(file + ", line 5: ") && problem.contains("name' is missing"))
                .anyMatch(problem -> problem.startsWith(file + ", line 6: ") && problem.contains("above 0 and at most 1"))
                .anyMatch(problem -> problem.startsWith(file + ", line 7: unknown key") && problem.endsWith("did you mean 'max_tokens'?"))
                .anyMatch(problem -> problem.startsWith(file + ", line 8: ") && problem.contains("extra_params.model"))
                .hasSize(6);
    }

    @Test
    void aDatasetsPromptsAreTakenByTheirLength() throws IOException {
        Path data = file("prompts.jsonl", """
                {"prompt": "one two three four five six seven eight nine ten"}
                {"prompt": "a much longer prompt that goes on and on, so that it is cut to the length that the workload wants to have in the end, and not sent whole"}
                """);
        draft.option(Name.DATASET, data.toString());
        draft.option(Name.NUM_SAMPLES, "4");
        EngineSettings settings = settings();
        assertThat(settings.workloads()).allMatch(workload -> workload.requests() == 4);
        EngineWorkload small = EngineWorkloads.selected("batch_small").orElseThrow().getFirst();
        PromptSet prompts = settings.source().prompts(PromptMaker.BY_RULE, small, new Seed(1), 4);
        assertThat(prompts.prompts()).hasSize(4);
        assertThat(prompts.tokens()).allMatch(tokens -> tokens <= 16);
        assertThat(PromptSource.distinct(prompts)).isEqualTo(2);
    }
}
