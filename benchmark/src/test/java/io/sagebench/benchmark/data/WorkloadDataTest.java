package io.sagebench.benchmark.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.config.Checked;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.benchmark.config.Problem;
import io.sagebench.benchmark.config.RunSettings;
import io.sagebench.benchmark.config.Setting;
import io.sagebench.benchmark.data.WorkloadData.Listed;
import io.sagebench.benchmark.data.WorkloadData.Looked;
import io.sagebench.random.Seed;
import io.sagebench.workload.PlannedRequest;
import io.sagebench.workload.PromptPool;
import io.sagebench.workload.WorkloadPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadDataTest {
    private static final List<String> POLICIES = List.of("fifo", "hybrid");

    @TempDir
    private Path directory = Path.of("unset");

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void shipsTheDocumentedWorkloadsAndDatasets() {
        assertThat(good(data().workloads())).extracting(Listed::name)
                .containsExactly("light", "medium", "heavy", "balanced", "llm_heavy", "embed_heavy", "burst");
        assertThat(good(data().datasets())).containsExactly(
                new Listed("llm_prompts", "205 prompts"), new Listed("embed_texts", "204 texts to embed"));
    }

    @ParameterizedTest
    @CsvSource({
        "light, 100, 10.0, 1.0",
        "medium, 1000, 100.0, 1.0",
        "heavy, 5000, 500.0, 1.0",
        "balanced, 1000, 50.0, 0.5",
        "llm_heavy, 1000, 50.0, 0.8",
        "embed_heavy, 1000, 100.0, 0.2",
        "burst, 1000, 50.0, 0.5",
    })
    void aNamedWorkloadIsTheLoadThatIsDocumented(String name, int requests, double rate, double llmRatio) {
        var documented = valid("WORKLOAD=" + name).documented();
        assertThat(documented).containsEntry("num_requests", (long) requests).containsEntry("request_rate", rate).containsEntry("workload", name);
        assertThat(documented.getOrDefault("llm_ratio", 1.0)).isEqualTo(llmRatio);
    }

    @Test
    void whatIsGivenBesideAWorkloadCounts() {
        assertThat(valid("WORKLOAD=balanced", "NUM_REQUESTS=7", "LLM_RATIO=0.9").documented())
                .containsEntry("num_requests", 7L).containsEntry("llm_ratio", 0.9).containsEntry("embedding_batch_sizes", List.of(32));
    }

    @Test
    void shippedPromptsAreOfFiveCategoriesAllDifferentAndOfManyLengths() {
        PromptPool pool = valid("DATASET=llm_prompts").config().workload().kinds().values().getFirst().pool().orElseThrow();
        var texts = new HashSet<>(LongStream.range(0, pool.size()).mapToObj(pool::text).toList());
        assertThat(texts).hasSize(205);
        var tokens = LongStream.range(0, pool.size()).mapToInt(pool::promptTokens).summaryStatistics();
        assertThat(tokens.getMin()).isLessThan(15);
        assertThat(tokens.getMax()).isGreaterThan(250);
        assertThat(LongStream.range(0, pool.size()).filter(row -> pool.system(row).isPresent()).count()).isEqualTo(30);
    }

    @Test
    void promptsAndTextsOfDatasetsAreWhatIsSent() {
        var spec = valid("MODE=hybrid", "DATASET=llm_prompts", "EMBEDDING_DATASET=embed_texts", "NUM_REQUESTS=50").config().workload();
        var requests = new ArrayList<PlannedRequest>();
        WorkloadPlan.measured(spec, new Seed(42)).open(0).forEachRemaining(requests::add);
        assertThat(requests).anySatisfy(request -> assertThat(request.texts()).isNotEmpty());
        assertThat(requests).filteredOn(request -> request.type().isGeneration()).allSatisfy(request -> {
            assertThat(request.prompt()).doesNotMatch("[a-z]{3}( [a-z]{3})+");
            assertThat(request.promptTokens()).isEqualTo((request.prompt().length() + request.systemPrompt().map(String::length).orElse(0) + 3) / 4);
        });
    }

    @Test
    void namesAreLookedForInTheOwnDirectoryFirst() throws IOException {
        Files.createDirectories(directory.resolve("llm_workloads"));
        Files.writeString(directory.resolve("llm_workloads/light.jsonl"), "{\"name\": \"light\", \"num_requests\": 3}\n");
        Files.writeString(directory.resolve("mine.jsonl"), "{\"name\": \"mine\", \"description\": \"my own\"}\n");
        environment.put("SAGE_BENCHMARK_DATA", directory.toString());
        assertThat(valid("WORKLOAD=light").documented()).containsEntry("num_requests", 3L);
        assertThat(valid("WORKLOAD=medium").documented()).containsEntry("num_requests", 1000L);
        assertThat(good(data().workloads())).contains(new Listed("mine", "my own"));
        environment.put("SAGE_BENCHMARK_DATA", directory.resolve("none").toString());
        assertThat(problems("WORKLOAD=light")).containsExactly(
                "SAGE_BENCHMARK_DATA: must be a directory, but there is none at '" + directory.resolve("none") + "'");
    }

    @Test
    void readsTheOtherLayoutOfWorkloadsAndFilesWithSeveral() throws IOException {
        Path file = file(
                """
                {"workload_id": "llm_a", "request_count": 5, "rate_per_second": 2.5, "arrival_pattern": "wave", "slo_deadlines": {"HIGH": 50, "LOW": 70}}
                {"workload_id": "hybrid_b", "request_count": 6, "rate_per_second": 20, "arrival_pattern": "burst", "llm_ratio": 0.3, "embedding_ratio": 0.7, "llm_model_distribution": {"m": 1.0}, "llm_slo_deadlines": {"HIGH": 60}, "embedding_batch_sizes": [1, 8], "embedding_slo_deadline_ms": 90, "burst_config": {"burst_size": 10, "burst_interval": 1}}
                """);
        assertThat(valid("WORKLOAD=" + file + "#llm_a").documented())
                .containsEntry("num_requests", 5L).containsEntry("request_rate", 2.5).containsEntry("arrival_pattern", "wave").containsEntry("mode", "llm");
        var hybrid = valid("WORKLOAD=" + file + "#hybrid_b").documented();
        assertThat(hybrid).containsEntry("mode", "hybrid").containsEntry("burst_size", 10).containsEntry("embedding_batch_sizes", List.of(1, 8));
        assertThat((Map<?, ?>) hybrid.get("slo_config")).extracting("high_priority_deadline_ms", "embedding_high_priority_deadline_ms")
                .containsExactly(60.0, 90.0);
        assertThat(problems("WORKLOAD=" + file))
                .containsExactly("--WORKLOAD: " + file + " has 2 workloads; choose one, such as " + file + "#llm_a: llm_a, hybrid_b");
        assertThat(problems("WORKLOAD=" + file + "#c")).singleElement().asString().contains("has no workload 'c'");
        assertThat(good(data().validate(file, Optional.empty()))).isEqualTo("workloads: llm_a, hybrid_b");
    }

    @Test
    void namesEveryMistakeOfAFileOfWorkloads() throws IOException {
        Path file = file(
                """
                {"name": "a", "num_requests": "many", "request_rate": -3}
                {"name": "a", "arrival_pattern": "poison"}
                {"num_requests": 5}
                {"name": "c", "num_requets": 5, "llm_ratio": 1.5}
                {"name": "d", "request_rate": NaN}
                {"name": "e", "num_requests": 1, "request_count": 2}
                {"name": "f", "slo_deadlines": {"URGENT": 5}, "priority_distribution": {"HIGH": 0.5}}
                {"name": "g", "control_plane_url": "http://x"}
                ["h"]
                {"name": "i", "num_req""");
        assertThat(bad(data().validate(file, Optional.of(DataKind.WORKLOADS)))).map(problem -> problem.replace(file.toString(), "F")).contains(
                "F, line 1: num_requests must be a whole number of at least 1, but is 'many'",
                "F, line 1: request_rate must be above 0 requests/s, but is -3",
                "F, line 2: the name 'a' stands in line 1, too",
                "F, line 3: has no name: {\"name\": \"mine\", ...}",
                "F, line 4: unknown key 'num_requets'; did you mean 'num_requests'?",
                "F, line 4: llm_ratio must be a share from 0 to 1, but is 1.5",
                "F, line 6: 'request_count' is given twice, by this name and by another; leave one of them out",
                "F, line 9: expected a JSON object such as {\"name\": \"mine\", \"num_requests\": 100}, but found no keys",
                "F, line 10: is cut off");
        assertThat(bad(data().validate(file, Optional.of(DataKind.WORKLOADS)))).map(problem -> problem.replace(file.toString(), "F"))
                .anyMatch(problem -> problem.startsWith("F, line 2: arrival_pattern must be one of"))
                .anyMatch(problem -> problem.startsWith("F, line 5: not valid: "))
                .anyMatch(problem -> problem.startsWith("F, line 7: unknown priority 'URGENT'"))
                .anyMatch(problem -> problem.contains("line 7: priority_distribution"))
                .anyMatch(problem -> problem.startsWith("F, line 8: unknown key 'control_plane_url'"));
        assertThat(bad(data().validate(file(""), Optional.of(DataKind.WORKLOADS)))).singleElement().asString().contains("is empty");
        assertThat(problems("WORKLOAD=lihgt")).singleElement().asString().contains("there is no workload 'lihgt'").contains("did you mean 'light'?");
        assertThat(problems("WORKLOAD=none.jsonl")).singleElement().asString().startsWith("none.jsonl: there is no such file");
    }

    @Test
    void mistakesOfADatasetAreThoseOfTheOption() throws IOException {
        Path file = file("{\"prompt\": 1}\n{\"prompt\": 2}\n");
        assertThat(problems("DATASET=" + file)).containsExactly(
                "--DATASET: " + file + ", line 1: prompt must be a text, but is 1", "--DATASET: " + file + ", line 2: prompt must be a text, but is 2");
        assertThat(problems("DATASET=llm_promts")).singleElement().asString().contains("did you mean 'llm_prompts'?");
        assertThat(problems("DATASET=llm_prompts", "PROMPT_LEN_RANGE=1-2"))
                .containsExactly("--PROMPT_LEN_RANGE: has no effect with a dataset, whose prompts have their own lengths");
        assertThat(problems("EMBEDDING_DATASET=embed_texts")).containsExactly("--EMBEDDING_DATASET: has no effect without --mode hybrid");
    }

    @Test
    void seesWhatAFileIs() throws IOException {
        assertThat(DataKind.of(file("{\"timestamp\": 1, \"input_length\": 2, \"output_length\": 3}\n"))).isEqualTo(DataKind.TRACE);
        assertThat(DataKind.of(file("TIMESTAMP,ContextTokens,GeneratedTokens\n"))).isEqualTo(DataKind.TRACE);
        assertThat(DataKind.of(file("{\"name\": \"a\", \"num_requests\": 3}\n"))).isEqualTo(DataKind.WORKLOADS);
        assertThat(DataKind.of(file("{\"prompt\": \"a\"}\n"))).isEqualTo(DataKind.PROMPTS);
        assertThat(DataKind.of(file("{\"prompt_id\": \"llm_001\", \"text\": \"a\"}\n"))).isEqualTo(DataKind.PROMPTS);
        assertThat(DataKind.of(file("[{\"id\": \"a\", \"conversations\": []}]"))).isEqualTo(DataKind.PROMPTS);
        assertThat(DataKind.of(file("{\"id\": \"d\", \"text\": \"a\", \"expected_dim\": 3}\n"))).isEqualTo(DataKind.TEXTS);
        assertThat(DataKind.of(file("{\"texts\": [\"a\"]}\n"))).isEqualTo(DataKind.TEXTS);
    }

    @Test
    void describesLengthsRatesAndReuse() throws IOException {
        Path file = file(
                """
                {"timestamp": 0, "input_length": 1024, "output_length": 10, "hash_ids": [0, 1]}
                {"timestamp": 1000, "input_length": 1024, "output_length": 20, "hash_ids": [0, 2]}
                {"timestamp": 2000, "input_length": 2048, "output_length": 30, "hash_ids": [3, 4, 1, 5]}
                """);
        Description trace = good(data().describe(file.toString(), Optional.empty())).getFirst();
        assertThat(trace.sentences()).anySatisfy(line -> assertThat(line).contains("Mooncake").contains("3 requests"))
                .anySatisfy(line -> assertThat(line).contains("1.000 requests/s").contains("gaps 0.000"))
                .contains("Prefixes: 8 blocks of 512 tokens, 25.0 % of them seen before; a cache without limits would save 12.5 % of the prompt tokens");
        assertThat(trace.lengths()).containsExactly(
                List.of("Prompts", "1365.3", "1024", "1024", "2048", "2048", "2048", "4096"), List.of("Answers", "20.0", "10", "20", "30", "30", "30", "60"));
        assertThat(good(data().describe("burst", Optional.empty())).getFirst().lengths()).extracting(List::getFirst)
                .containsExactly("Prompts", "Answers", "Texts");
        assertThat(good(data().describe("embed_texts", Optional.empty())).getFirst().sentences().getFirst())
                .isEqualTo("embed_texts: JSONL with texts, 204 rows");
        assertThat(bad(data().describe("nothing", Optional.empty()))).singleElement().asString().contains("there is no workload 'nothing'");
    }

    @ParameterizedTest
    @CsvSource({"plan, out.jsonl", "mooncake, out.jsonl", "azure, out.csv"})
    void aConvertedTraceSaysTheSame(String form, String name) throws IOException {
        Path in = file(
                """
                {"timestamp": 0, "input_length": 1024, "output_length": 10, "hash_ids": [0, 1]}
                {"timestamp": 1001, "input_length": 700, "output_length": 20, "hash_ids": [0, 2]}
                """);
        Path out = directory.resolve(name);
        assertThat(good(Conversion.convert(in, out, Optional.of(form), Optional.empty()))).isEqualTo("2 requests as " + form);
        var before = good(data().describe(in.toString(), Optional.empty())).getFirst();
        var after = good(data().describe(out.toString(), Optional.empty())).getFirst();
        assertThat(after.lengths()).isEqualTo(before.lengths());
        assertThat(after.sentences().get(1)).isEqualTo(before.sentences().get(1));
        if (!form.equals("azure")) {
            assertThat(after.sentences()).contains(before.sentences().getLast());
        }
        assertThat(bad(Conversion.convert(in, out, Optional.of(form), Optional.empty())))
                .containsExactly(out + ": is there already; nothing was written");
        assertThat(bad(Conversion.convert(in, directory.resolve("x"), Optional.of("parquet"), Optional.empty())))
                .containsExactly("--to: must be one of plan, mooncake, azure, but is 'parquet'");
    }

    @Test
    void aConvertedDatasetSaysTheSame() throws IOException {
        Path in = file("{\"prompt\": \"one, \\\"two\\\"\\nthree\", \"expected_tokens\": 7}\n{\"prompt\": \"four\", \"system_prompt\": \"s\"}\n");
        Path csv = directory.resolve("a.csv");
        Path back = directory.resolve("b.jsonl");
        assertThat(good(Conversion.convert(in, csv, Optional.empty(), Optional.empty()))).isEqualTo("2 rows as csv");
        assertThat(good(Conversion.convert(csv, back, Optional.empty(), Optional.empty()))).isEqualTo("2 rows as jsonl");
        assertThat(Files.readString(back)).isEqualTo("""
                {"id":"1","prompt":"one, \\"two\\"\\nthree","expected_tokens":7}
                {"id":"2","prompt":"four","system_prompt":"s"}
                """);
    }

    @Test
    void aGeneratedPlanIsReplayedAsItWas() throws IOException {
        var generated = requests(valid("NUM_REQUESTS=40", "ARRIVAL_PATTERN=gamma"));
        Path out = directory.resolve("plan.jsonl");
        var plan = WorkloadPlan.measured(valid("NUM_REQUESTS=40", "ARRIVAL_PATTERN=gamma").config().workload(), new Seed(42));
        assertThat(good(Conversion.generate(plan, true, out))).isEqualTo("40 requests");
        assertThat(Files.readString(out)).contains("\"prompt\":\"");
        var replayed = requests(valid("TRACE=" + out));
        assertThat(replayed).extracting(PlannedRequest::prompt).isEqualTo(generated.stream().map(PlannedRequest::prompt).toList());
        assertThat(replayed).extracting(PlannedRequest::priority).isEqualTo(generated.stream().map(PlannedRequest::priority).toList());
        long first = generated.getFirst().intendedAtNanos();
        assertThat(replayed).extracting(PlannedRequest::intendedAtNanos)
                .isEqualTo(generated.stream().map(request -> request.intendedAtNanos() - first).toList());
    }

    private static List<PlannedRequest> requests(RunSettings settings) {
        var requests = new ArrayList<PlannedRequest>();
        WorkloadPlan.measured(settings.config().workload(), new Seed(42)).open(0).forEachRemaining(requests::add);
        return requests;
    }

    private WorkloadData data() {
        return new WorkloadData(environment, POLICIES);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("file.jsonl"), text);
    }

    private RunSettings valid(String... options) {
        Checked checked = check(options);
        assertThat(checked).isInstanceOf(Checked.Valid.class);
        return ((Checked.Valid) checked).settings();
    }

    private List<String> problems(String... options) {
        Checked checked = check(options);
        assertThat(checked).isInstanceOf(Checked.Invalid.class);
        return ((Checked.Invalid) checked).problems().stream().map(Problem::toString).toList();
    }

    private Checked check(String... options) {
        var draft = new ConfigDraft(POLICIES);
        draft.option(Setting.POLICIES, "--policies", "fifo");
        draft.option(Setting.SIMULATE, "--simulate", "true");
        for (String option : options) {
            int equals = option.indexOf('=');
            String name = option.substring(0, equals);
            draft.option(Setting.valueOf(name), "--" + name, option.substring(equals + 1));
        }
        draft.environment(environment);
        return draft.check(HowMany.SEVERAL);
    }

    private static <T> T good(Looked<T> looked) {
        assertThat(looked).isInstanceOf(Looked.Good.class);
        return ((Looked.Good<T>) looked).value();
    }

    private static <T> List<String> bad(Looked<T> looked) {
        assertThat(looked).isInstanceOf(Looked.Bad.class);
        return ((Looked.Bad<T>) looked).problems();
    }
}
