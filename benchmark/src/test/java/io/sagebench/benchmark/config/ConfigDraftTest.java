package io.sagebench.benchmark.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.arrival.PoissonArrivals;
import io.sagebench.arrival.Ramp;
import io.sagebench.arrival.VaryingArrivals;
import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.Serving.EngineGroup;
import io.sagebench.benchmark.Target;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.Extent;
import io.sagebench.workload.LengthChoice;
import io.sagebench.workload.LengthRange;
import io.sagebench.workload.WorkloadSpec.Load;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ConfigDraftTest {
    private static final List<String> POLICIES = List.of("fifo", "priority", "slo_aware");

    @TempDir
    private Path directory = Path.of("unset");

    private final ConfigDraft draft = new ConfigDraft(POLICIES);

    @Test
    void hasTheDocumentedDefaults() {
        BenchmarkConfig config = valid().config();
        assertThat(config.target()).isEqualTo(new Target.Automatic(URI.create("http://localhost:8080")));
        assertThat(config.policies()).containsExactly("fifo", "priority", "slo_aware");
        assertThat(config.workload().load()).isEqualTo(Load.poisson(100, 10));
        assertThat(config.workload().kinds().values().getFirst().models().shares()).isEqualTo(Map.of("default", 1.0));
        assertThat(config.workload().priorities().shares())
                .isEqualTo(Map.of(Priority.HIGH, 0.2, Priority.NORMAL, 0.6, Priority.LOW, 0.2));
        assertThat(config.workload().kinds().values().getFirst().promptLength()).isEqualTo(new LengthRange(50, 500));
        assertThat(config.workload().kinds().values().getFirst().outputLength()).isEqualTo(new LengthRange(50, 200));
        assertThat(config.client().total()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.client().streaming()).isTrue();
        assertThat(config.warmup()).isEqualTo(10);
        assertThat(config.seed()).isEqualTo(42);
        assertThat(config.repeats()).isEqualTo(1);
        assertThat(config.fleet().instances()).isEqualTo(3);
        assertThat(valid().output()).isEqualTo(Path.of("./benchmark_results"));
    }

    @Test
    void givesParametersToThePoliciesThatHaveThem() {
        draft.policyParameter("aging_ms=500");
        draft.policyParameter("slo_aware.placement=affinity");
        var names = PolicyParameterTextsTest.parametersOf("slo_aware");
        assertThat(draft.check(HowMany.SEVERAL)).isInstanceOfSatisfying(Checked.Invalid.class, invalid ->
                assertThat(invalid.problems()).singleElement().asString().startsWith(
                        "--policy-param: policy slo_aware has no parameter 'placement'; it has " + String.join(", ", names)));
    }

    @Test
    void aParameterOfAPolicyIsInTheConfigurationAndTheReport() {
        draft.policyParameter("priority.aging_ms=500");
        RunSettings settings = valid();
        assertThat(settings.config().parametersOf("priority")).isEqualTo(Map.of("aging_ms", "500"));
        assertThat(settings.config().parametersOf("fifo")).isEmpty();
        assertThat(settings.documented()).containsEntry("policy_params", Map.of("priority", Map.of("aging_ms", "500")));
    }

    @Test
    void readsFaultsAndMeasuresSimulatedEnginesWithThem() {
        draft.option(Setting.FAULTS, "--faults", "error:503@2%,crash:at=30s,for=10s,engine=engine-3");
        RunSettings settings = valid();
        assertThat(settings.config().faults().texts())
                .containsExactly("error:503@2%", "crash:for=10s,at=30s,engine=engine-3");
        assertThat(settings.config().target()).isEqualTo(new Target.Embedded());
        assertThat(settings.documented()).containsEntry("faults", settings.config().faults().texts());
        assertThat(settings.notes()).singleElement().asString().contains("-c embedded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "embedded    | error:5003@2%              | the error must be a status from 400 to 599",
                "embedded    | slow:3x,engine=engine-4    | there is no engine 'engine-4'; there are engine-1 to engine-3",
                "http://gw:1 | hang@1%                    | faults are for simulated engines, but http://gw:1 is a server of its own",
            })
    void refusesFaultsThatCannotBe(String target, String faults, String problem) {
        draft.option(Setting.CONTROL_PLANE_URL, "--control-plane", target);
        draft.option(Setting.FAULTS, "--faults", faults);
        assertThat(draft.check(HowMany.SEVERAL)).isInstanceOfSatisfying(Checked.Invalid.class, invalid ->
                assertThat(invalid.problems()).singleElement().satisfies(one -> {
                    assertThat(one.where()).isEqualTo("--faults");
                    assertThat(one.message()).contains(problem);
                }));
    }

    @Test
    void mixesPromptsAndTextsInHybridMode() {
        draft.option(Setting.MODE, "--mode", "hybrid");
        draft.option(Setting.LLM_RATIO, "--llm-ratio", "0.5");
        draft.option(Setting.EMBEDDING_BATCH_SIZES, "--embedding-batch-sizes", "2,8");
        draft.deadlines("--slo", "EMBEDDING_HIGH=50,ttft=200,TPOT=20");
        var settings = valid();
        var shares = new EnumMap<RequestType, Double>(RequestType.class);
        settings.config().workload().kinds().shares().forEach((kind, share) -> shares.put(kind.type(), share));
        assertThat(shares.get(RequestType.LLM_CHAT)).isEqualTo(0.4);
        assertThat(shares.get(RequestType.LLM_GENERATE)).isEqualTo(0.1);
        assertThat(shares.get(RequestType.EMBEDDING)).isEqualTo(0.5);
        var texts = settings.config().workload().kinds().values().getLast();
        assertThat(texts.models().values()).containsExactly("BAAI/bge-m3");
        assertThat(texts.traits().texts()).isEqualTo(new LengthChoice(List.of(2, 8)));
        assertThat(texts.promptLength()).as("50 to 500 characters of four a token").isEqualTo(new LengthRange(13, 125));
        assertThat(texts.serviceLevels()).containsEntry(Priority.HIGH, within(50)).containsEntry(Priority.NORMAL, within(200));
        var chats = settings.config().workload().kinds().values().getFirst();
        assertThat(chats.serviceLevels().get(Priority.LOW))
                .isEqualTo(new ServiceLevel(
                        Optional.of(Duration.ofSeconds(2)), Optional.of(Duration.ofMillis(200)), Optional.of(Duration.ofMillis(20))));
        assertThat(settings.config().fleet().groups()).extracting(EngineGroup::profile).containsExactly("qwen2.5-0.5b-a100", "bge-m3-a100");
        assertThat(settings.documented())
                .containsEntry("llm_ratio", 0.5)
                .containsEntry("embedding_ratio", 0.5)
                .containsEntry("generate_ratio", 0.2)
                .containsEntry("embedding_batch_sizes", List.of(2, 8));
    }

    @Test
    void eitherRatioGivesTheOtherAndBothSumToOne() throws IOException {
        draft.file(file("a.yaml", "mode: hybrid\nembedding_ratio: 0.2\n"));
        assertThat(valid().documented()).containsEntry("llm_ratio", 0.8);
        var both = new ConfigDraft(List.of("fifo"));
        both.file(file("b.yaml", "mode: hybrid\nllm_ratio: 0.7\nembedding_ratio: 0.2\n"));
        assertThat(both.check(HowMany.SEVERAL)).isInstanceOfSatisfying(Checked.Invalid.class, invalid -> assertThat(invalid.problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("llm_ratio and embedding_ratio must sum to 1")));
        var closer = new ConfigDraft(List.of("fifo"));
        closer.option(Setting.LLM_RATIO, "--llm-ratio", "0.3");
        closer.file(file("c.yaml", "mode: hybrid\nllm_ratio: 0.7\nembedding_ratio: 0.3\n"));
        assertThat(closer.check(HowMany.SEVERAL)).isInstanceOfSatisfying(Checked.Valid.class, closest ->
                assertThat(closest.settings().documented()).containsEntry("llm_ratio", 0.3).containsEntry("embedding_ratio", 0.7));
    }

    @Test
    void takesTheOtherDocumentedSpellings() throws IOException {
        draft.file(file(
                "a.yaml",
                """
                mode: hybrid
                llm_model_distribution: {llama: 1.0}
                embedding_batch_size: 32
                llm_slo_deadline_ms: 5000
                embedding_slo_deadline_ms: 700
                hybrid_slo_config: {high_priority_deadline_ms: 100}
                """));
        var kinds = valid().config().workload().kinds().values();
        assertThat(kinds.getFirst().models().values()).containsExactly("llama");
        assertThat(kinds.getFirst().serviceLevels()).containsEntry(Priority.HIGH, within(100)).containsEntry(Priority.LOW, within(5000));
        assertThat(kinds.getLast().serviceLevels()).containsEntry(Priority.HIGH, within(700));
        assertThat(kinds.getLast().traits().texts()).isEqualTo(new LengthChoice(List.of(32)));
    }

    @Test
    void refusesWhatMakesNoSenseInEitherMode() {
        draft.option(Setting.LLM_RATIO, "--llm-ratio", "1.5");
        draft.option(Setting.EMBEDDING_BATCH_SIZES, "--embedding-batch-sizes", "0,9999");
        assertThat(((Checked.Invalid) draft.check(HowMany.SEVERAL)).problems())
                .extracting(Problem::toString)
                .contains(
                        "--llm-ratio: must be a share from 0 to 1, but is 1.5",
                        "--llm-ratio: has no effect without --mode hybrid",
                        "--embedding-batch-sizes: must be a whole number from 1 to 2048, but is 0",
                        "--embedding-batch-sizes: must be a whole number from 1 to 2048, but is 9999");
    }

    @Test
    void givesEachPriorityItsDeadline() {
        draft.deadlines("--slo", "HIGH=250,LOW=3000");
        assertThat(valid().config().workload().kinds().values().getFirst().serviceLevels())
                .isEqualTo(Map.of(
                        Priority.CRITICAL, within(250),
                        Priority.HIGH, within(250),
                        Priority.NORMAL, within(1000),
                        Priority.LOW, within(3000),
                        Priority.BACKGROUND, within(12_000)));
    }

    @Test
    void prefersTheOptionThenTheEnvironmentThenTheFile() throws IOException {
        Path file = file("a.yaml", "control_plane_url: http://file:1\nnum_requests: 7\noutput_dir: from-file\nseed: 5\n");
        draft.option(Setting.NUM_REQUESTS, "--requests", "9");
        draft.environment(Map.of("SAGE_CONTROL_PLANE_URL", "http://environment:2", "SAGE_BENCHMARK_OUTPUT", "from-environment"));
        draft.file(file);
        RunSettings settings = valid();
        assertThat(settings.config().target()).isEqualTo(new Target.Http(URI.create("http://environment:2")));
        assertThat(settings.output()).isEqualTo(Path.of("from-environment"));
        assertThat(settings.config().workload().load()).isEqualTo(Load.poisson(9, 10));
        assertThat(settings.config().seed()).isEqualTo(5);
    }

    @Test
    void letsAnOptionToSimulateWinOverAnAddressElsewhere() {
        draft.option(Setting.SIMULATE, "--simulate", "true");
        draft.environment(Map.of("SAGE_CONTROL_PLANE_URL", "http://environment:2"));
        assertThat(valid().config().target()).isEqualTo(new Target.Simulated());
    }

    @Test
    void letsAnAddressAsOptionWinOverSimulationInAFile() throws IOException {
        draft.option(Setting.CONTROL_PLANE_URL, "--control-plane", "embedded");
        draft.file(file("a.yaml", "simulate: true\n"));
        assertThat(valid().config().target()).isEqualTo(new Target.Embedded());
    }

    @Test
    void anAuthorityIsForHttpsUrlsAndMustBeThere() throws IOException {
        draft.option(Setting.CONTROL_PLANE_URL, "--control-plane", "http://here:1");
        draft.option(Setting.CA_FILE, "--ca-file", file("ca.pem", "hello").toString());
        assertThat(draft.check(HowMany.SEVERAL)).isInstanceOfSatisfying(Checked.Invalid.class, invalid ->
                assertThat(invalid.problems()).extracting(Problem::toString).satisfiesExactly(
                        first -> assertThat(first).isEqualTo("--ca-file: is for https URLs, and --control-plane names none"),
                        second -> assertThat(second)
                                .startsWith("--ca-file: cannot be used: " + directory.resolve("ca.pem") + " has no certificates")));
    }

    @Test
    void anAuthorityInTheEnvironmentIsForWhateverHttpsUrlComes() {
        draft.environment(Map.of("SAGE_CA_FILE", "none.pem"));
        assertThat(valid().config().client().trust()).isEmpty();
        draft.option(Setting.CONTROL_PLANE_URL, "--control-plane", "https://there:1");
        assertThat(draft.check(HowMany.SEVERAL)).isInstanceOfSatisfying(Checked.Invalid.class, invalid ->
                assertThat(invalid.problems()).extracting(Problem::toString)
                        .containsExactly("SAGE_CA_FILE: cannot be used: there is no file none.pem"));
    }

    @Test
    void neverShowsTheApiKey() {
        draft.environment(Map.of("SAGE_API_KEY", "sk-secret"));
        RunSettings settings = valid();
        assertThat(settings.config().client().apiKey().map(ApiKey::reveal)).contains("sk-secret");
        assertThat(settings.toString()).doesNotContain("sk-secret");
        assertThat(settings.documented().toString()).doesNotContain("sk-secret");
    }

    @Test
    void measuresOnePolicyForRun() throws IOException {
        assertThat(draft.check(HowMany.ONE)).isInstanceOfSatisfying(
                Checked.Valid.class, valid -> assertThat(valid.settings().config().policies()).containsExactly("fifo"));
        draft.file(file("a.yaml", "policies: [fifo, priority]\n"));
        assertThat(problems(HowMany.ONE))
                .containsExactly(directory.resolve("a.yaml")
                        + ", line 1: policies names 2 policies, but 'run' measures one: give it with --policy, or use 'compare'");
    }

    @Test
    void measuresEveryPolicyWhenAskedForAll() {
        draft.option(Setting.POLICIES, "--policies", "all");
        assertThat(valid().config().policies()).isEqualTo(POLICIES);
    }

    @Test
    void replaysATrace() throws IOException {
        Path trace = file("t.csv", "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.1,374,0\n2023-11-16 18:15:49,3,4\n");
        draft.option(Setting.TRACE, "--trace", trace.toString());
        RunSettings settings = valid();
        assertThat(settings.config().workload().load())
                .isInstanceOfSatisfying(Load.Replayed.class, load -> assertThat(load.requests()).isEqualTo(2));
        assertThat(settings.notes()).containsExactly(trace + ": 1 of 2 requests had a length of 0 tokens, which is replayed as 1");
        assertThat(settings.documented())
                .containsEntry("num_requests", 2).containsEntry("trace", trace.toString()).doesNotContainKey("request_rate");

        draft.option(Setting.DURATION, "--duration", "2s");
        assertThat(valid().documented()).containsEntry("num_requests", 1);
    }

    @Test
    void refusesOptionsThatATraceMakesIdle() throws IOException {
        Path trace = file("t.csv", "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.1,374,1\n");
        draft.option(Setting.TRACE, "--trace", trace.toString());
        draft.option(Setting.REQUEST_RATE, "--rate", "5");
        draft.option(Setting.NUM_REQUESTS, "--requests", "5");
        assertThat(problems(HowMany.SEVERAL))
                .containsExactly(
                        "--rate: has no effect with a trace, which brings the times itself",
                        "--requests: must be at most 1, which is all the trace has, but is 5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REQUEST_RATE      | --rate      | -3      | must be above 0 requests/s, but is -3",
                "REQUEST_RATE      | --rate      | NaN     | must be above 0 requests/s, but is NaN",
                "REQUEST_RATE      | --rate      | 1e999   | must be above 0 requests/s, but is 1e999",
                "REQUEST_RATE      | --rate      | 1e10    | must be at most a billion requests/s, but is 1.0E10",
                "REQUEST_RATE      | --rate      | 1e-9    | is so low that 100 requests would take more than ten years, being 1.0E-9 requests/s",
                "INSTANCES         | --instances | 100000000 | must be a whole number from 1 to 10000, but is 100000000",
                "REPEATS           | --repeats   | 2000000000 | must be a whole number from 1 to 10000, but is 2000000000",
                "REQUEST_RATE      | --rate      | fast    | must be a number above 0 requests/s, but is 'fast'",
                "NUM_REQUESTS      | --requests  | 0       | must be a whole number of at least 1, but is 0",
                "NUM_REQUESTS      | --requests  | 2.5     | must be a whole number of at least 1, but is 2.5",
                "NUM_REQUESTS      | --requests  | 99999999999 | must be a whole number of at least 1, but is 99999999999",
                "ARRIVAL_PATTERN   | --arrival   | poison  | must be one of uniform, poisson, burst, gamma, weibull, onoff, wave, batch, trace, but is 'poison'; did you mean 'poisson'?",
                "ARRIVAL_PATTERN   | --arrival   | trace   | can be trace only with a file of one: --trace FILE",
                "DURATION          | --duration  | -1      | must be above 0 seconds, but is -1",
                "DURATION          | --duration  | 1ms     | is so short that no request comes, with seed 42",
                "DURATION          | --duration  | 90000h  | is so long that more than a billion requests would come, at 10.0 requests/s",
                "BURSTINESS        | --burstiness | 2      | has no effect without --arrival gamma or weibull",
                "BURST_SIZE        | --burst-size | 2      | has no effect without --arrival burst",
                "ON_SECONDS        | --on-time   | 2       | has no effect without --arrival onoff",
                "TRACE_SPEED       | --speed     | 2       | needs --trace",
                "RAMP              | --ramp      | 10:20   | must be legs such as 10:100@60s, from 10 to 100 requests/s in 60 s, or 100@5m, but is '10:20'",
                "RAMP              | --ramp      | 1:2@0s  | must be legs such as 10:100@60s, from 10 to 100 requests/s in 60 s, or 100@5m, but is '1:2@0s'",
                "RAMP              | --ramp      | 0@60s   | must have a rate above 0 somewhere",
                "CONCURRENCY       | --concurrency | 0     | must be a whole number from 1 to 1000000, but is 0",
                "MAX_IN_FLIGHT     | --max-in-flight | 0   | must be a whole number of at least 1, but is 0",
                "MODEL_DISTRIBUTION | --models   | a=0.5,b=0.4 | must have shares that sum to 1 within 0.01, but they sum to 0.9",
                "MODEL_DISTRIBUTION | --models   | a=2     | must be a share of 'a' from 0 to 1, but is 2",
                "MODEL_DISTRIBUTION | --models   | a       | must be of the form NAME=NUMBER,NAME=NUMBER, but is 'a'",
                "MODEL_DISTRIBUTION | --models   | a=.5,a=.5 | must name each only once, but names 'a' twice",
                "PRIORITY_DISTRIBUTION | --priorities | HIHG=1 | unknown priority 'HIHG'; there are CRITICAL, HIGH, NORMAL, LOW, BACKGROUND; did you mean 'HIGH'?",
                "PRIORITY_DISTRIBUTION | --priorities | HIGH=.5,high=.5 | priority HIGH is named twice",
                "PROMPT_LEN_RANGE  | --prompt-len | 500-50 | must have the shortest first, but is 500-50",
                "PROMPT_LEN_RANGE  | --prompt-len | 50      | must be of the form MIN-MAX such as 50-500, but is '50'",
                "PROMPT_LEN_RANGE  | --prompt-len | 0-50    | must be a whole number of at least 1, but is 0",
                "POLICIES          | --policies  | fifo,slo-awre | unknown policy 'slo-awre'; did you mean 'slo_aware'? 'sage-bench policies' lists them all",
                "POLICIES          | --policies  | random-word | unknown policy 'random-word'; 'sage-bench policies' lists them all",
                "POLICIES          | --policies  | fifo,fifo | policy 'fifo' is named twice",
                "POLICIES          | --policies  | fifo,,priority | must be a list of policy names, but is empty",
                "CONTROL_PLANE_URL | --control-plane | localhost:8080 | must be a URL such as http://localhost:8080, but is 'localhost:8080'",
                "CONTROL_PLANE_URL | --control-plane | http://a:b@h | must not hold a user name or password, which reports would show; use --api-key or SAGE_API_KEY",
                "TIMEOUT_SECONDS   | --timeout   | 0       | must be above 0 seconds, but is 0",
                "TIMEOUT_SECONDS   | --timeout   | -1      | must be above 0 seconds, but is -1",
                "TIMEOUT_SECONDS   | --timeout   | soon    | must be a time such as 60s, 10m or 500ms, but is 'soon'",
                "WARMUP_REQUESTS   | --warmup    | -1      | must be a whole number of at least 0, but is -1",
                "SEED              | --seed      | x       | must be a whole number of at most 64 bits, but is 'x'",
                "REPEATS           | --repeats   | 0       | must be a whole number from 1 to 10000, but is 0",
                "INSTANCES         | --instances | 0       | must be a whole number from 1 to 10000, but is 0",
            })
    void saysWhatIsWrongWithAnOption(Setting setting, String option, String value, String message) {
        draft.option(setting, option, value);
        assertThat(problems(HowMany.SEVERAL)).containsExactly(option + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uniform |                                     | Uniform",
                "gamma   | --burstiness=0.25                   | Gamma",
                "weibull | --burstiness=2                      | Weibull",
                "burst   | --burst-size=7 --burst-interval=1s  | Burst",
                "onoff   | --on-time=2s --off-time=500ms --off-rate-share=0.5 | Bursty",
                "wave    | --wave-amplitude=1 --wave-period=5m | Varying",
                "poisson | --ramp=0:10@60s,10@2m               | Varying",
                "gamma   | --ramp=1:10@60s --burstiness=3      | Varying",
            })
    void whatWasInForceMayBeAConfigurationAgain(String pattern, String options, String process) throws IOException {
        draft.option(Setting.ARRIVAL_PATTERN, "--arrival", pattern);
        give(options);
        RunSettings settings = valid();
        assertThat(((Load.Open) settings.config().workload().load()).arrivals().getClass().getSimpleName()).isEqualTo(process + "Arrivals");

        var again = new ConfigDraft(POLICIES);
        var yaml = new StringBuilder();
        settings.documented().forEach((key, value) -> {
            if (!key.equals("control_plane_url")) {
                yaml.append(key).append(": ").append(JsonMapper.shared().writeValueAsString(value)).append('\n');
            }
        });
        again.file(file("again.yaml", yaml.toString()));
        assertThat(again.check(HowMany.SEVERAL)).isInstanceOfSatisfying(Checked.Valid.class, valid ->
                assertThat(valid.settings().config().workload().load()).isEqualTo(settings.config().workload().load()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "--arrival=gamma --burstiness=0        | --burstiness: must be a number from 0.01 to 1000, but is 0",
                "--arrival=weibull --burstiness=0.1    | --burstiness: must be at least 0.2 for the pattern weibull, but is 0.1",
                "--arrival=wave --wave-amplitude=2     | --wave-amplitude: must be a share from 0 to 1, but is 2",
                "--arrival=burst --burst-size=11 --burst-interval=1s | --burst-size: bursts of 11 every 1.0 s are more than the rate of 10.0 requests/s, which counts them in",
                "--arrival=burst --rate=0.1 --burst-interval=1s | --burst-interval: bursts of 1 every 1.0 s are more than the rate of 0.1 requests/s, which counts them in",
                "--arrival=batch --rate=5              | --rate: has no effect with --arrival batch, which sends everything at once",
                "--arrival=batch --duration=5s         | --duration: cannot end the pattern batch, which sends everything at once; give --requests",
                "--ramp=1:2@9s --rate=5                | --rate: has no effect with a ramp, which says the rate itself",
                "--ramp=1:2@9s --arrival=wave          | --ramp: goes with the patterns uniform, poisson, gamma, weibull, but not with wave",
                "--ramp=10:0@9s --requests=50          | --ramp: ends at 0 requests/s, which may be before 50 requests; give --duration, or leave --requests out",
                "--concurrency=8 --rate=5              | --rate: has no effect with --concurrency, where each request follows the end of another",
                "--concurrency=8 --arrival=poisson     | --arrival: has no effect with --concurrency, where each request follows the end of another",
                "--concurrency=8 --max-in-flight=9     | --max-in-flight: has no effect with --concurrency, which limits what is in flight itself",
                "--trace=t.csv --speed=0               | --speed: must be above 0 and at most a million, but is 0",
                "--concurrency=8 --trace=t.csv         | --concurrency: cannot go with a trace, whose requests come at their own times",
            })
    void refusesWhatDoesNotGoTogether(String options, String problem) throws IOException {
        Path trace = file("t.csv", "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.1,374,1\n");
        give(options.replace("t.csv", trace.toString()));
        assertThat(problems(HowMany.SEVERAL)).containsExactly(problem);
    }

    @Test
    void endsByRequestsOrTimeWhicheverIsCloserToTheCommand() throws IOException {
        give("--requests=50 --duration=2s");
        assertThat(load()).isEqualTo(new Load.Open(new PoissonArrivals(10), new Extent(50, Duration.ofSeconds(2))));

        Path both = file("b.yaml", "num_requests: 7\nduration: 1m\n");
        var byTime = new ConfigDraft(POLICIES);
        byTime.option(Setting.DURATION, "--duration", "2s");
        byTime.file(both);
        assertThat(((Checked.Valid) byTime.check(HowMany.SEVERAL)).settings().config().workload().load())
                .isEqualTo(new Load.Open(new PoissonArrivals(10), Extent.time(Duration.ofSeconds(2))));
        var byNumber = new ConfigDraft(POLICIES);
        byNumber.option(Setting.NUM_REQUESTS, "--requests", "5");
        byNumber.file(both);
        assertThat(((Checked.Valid) byNumber.check(HowMany.SEVERAL)).settings().config().workload().load()).isEqualTo(Load.poisson(5, 10));
    }

    @Test
    void aRampAloneIsAsLongAsItIs() {
        give("--ramp=1:9@30s,9:0@30s");
        assertThat(load()).isEqualTo(new Load.Open(
                new VaryingArrivals(new Ramp(List.of(new Ramp.Leg(1, 9, 30), new Ramp.Leg(9, 0, 30))), new PoissonArrivals(1)),
                Extent.time(Duration.ofMinutes(1))));
    }

    @Test
    void aClosedLoopIsSoManyCallers() {
        give("--concurrency=8 --duration=5s");
        assertThat(load()).isEqualTo(new Load.Closed(8, Extent.time(Duration.ofSeconds(5))));
        assertThat(valid().documented()).containsEntry("concurrency", 8).containsEntry("duration", 5.0).doesNotContainKey("request_rate");
    }

    @Test
    void takesTheLimitOfAnEarlierToolUnderItsName() throws IOException {
        assertThat(valid().config().client().mostInFlight()).as("none by itself").isEmpty();
        draft.file(file("a.yaml", "concurrent_requests: 50\n"));
        assertThat(valid().config().client().mostInFlight()).contains(50);
        assertThat(valid().documented()).containsEntry("max_in_flight", 50);
        draft.option(Setting.CONCURRENCY, "--concurrency", "3");
        assertThat(valid().config().client().mostInFlight()).as("of no use in a closed loop").isEmpty();
    }

    @Test
    void replaysATraceFasterAndOnlySoMuchOfIt() throws IOException {
        Path trace = file("t.csv", "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,374,1\n2023-11-16 18:15:48,3,4\n2023-11-16 18:15:50,3,4\n");
        give("--arrival=trace --speed=4 --duration=3s --trace=" + trace);
        assertThat(load()).isInstanceOfSatisfying(Load.Replayed.class, load -> {
            assertThat(load.requests()).as("within three seconds of the trace, whatever the speed").isEqualTo(2);
            assertThat(load.speed()).isEqualTo(4);
        });
        assertThat(valid().documented()).containsEntry("trace_speed", 4.0).containsEntry("arrival_pattern", "trace");
    }

    @Test
    void suggestsAnEngineProfile() {
        draft.option(Setting.ENGINE_PROFILE, "--engine-profile", "llama3-8b-a10");
        assertThat(problems(HowMany.SEVERAL)).singleElement().asString()
                .startsWith("--engine-profile: unknown engine profile 'llama3-8b-a10'; no GPU 'a10' is known; there are ")
                .endsWith("; did you mean 'a100'?");
    }

    @Test
    void saysWhatIsWrongWithADeadline() {
        draft.deadlines("--slo", "HIGH=0,URGENT=3");
        assertThat(problems(HowMany.SEVERAL))
                .containsExactly(
                        "--slo: unknown priority 'URGENT'; there are CRITICAL, HIGH, NORMAL, LOW, BACKGROUND, TTFT, TPOT"
                        + " and the priorities of texts to embed, such as EMBEDDING_HIGH",
                        "--slo: must be above 0 ms and at most 1000000000 ms, but is 0");
    }

    @Test
    void neverShowsAnApiKeyThatIsWrong() {
        draft.apiKey("two words");
        assertThat(problems(HowMany.SEVERAL)).containsExactly("--api-key: must be visible ASCII characters without spaces");
    }

    @Test
    void refusesASimulationAndAnAddressAtOnce() {
        draft.option(Setting.SIMULATE, "--simulate", "true");
        draft.option(Setting.CONTROL_PLANE_URL, "--control-plane", "http://h:1");
        assertThat(problems(HowMany.SEVERAL))
                .containsExactly("--simulate: simulation needs no control plane, but http://h:1 is given too; leave one of them out");
    }

    @Test
    void namesTheTraceThatIsNotThere() {
        draft.option(Setting.TRACE, "--trace", "nowhere.csv");
        assertThat(problems(HowMany.SEVERAL)).containsExactly("--trace: nowhere.csv: there is no such file");
    }

    private RunSettings valid() {
        Checked checked = draft.check(HowMany.SEVERAL);
        assertThat(checked).isInstanceOf(Checked.Valid.class);
        return ((Checked.Valid) checked).settings();
    }

    private Load load() {
        return valid().config().workload().load();
    }

    /// Takes options such as `--rate=5 --arrival=batch`.
    private void give(@Nullable String options) {
        Map<String, Setting> settings = Map.ofEntries(
                Map.entry("--requests", Setting.NUM_REQUESTS),
                Map.entry("--duration", Setting.DURATION),
                Map.entry("--rate", Setting.REQUEST_RATE),
                Map.entry("--arrival", Setting.ARRIVAL_PATTERN),
                Map.entry("--burstiness", Setting.BURSTINESS),
                Map.entry("--burst-size", Setting.BURST_SIZE),
                Map.entry("--burst-interval", Setting.BURST_INTERVAL),
                Map.entry("--on-time", Setting.ON_SECONDS),
                Map.entry("--off-time", Setting.OFF_SECONDS),
                Map.entry("--off-rate-share", Setting.OFF_RATE_SHARE),
                Map.entry("--wave-amplitude", Setting.WAVE_AMPLITUDE),
                Map.entry("--wave-period", Setting.WAVE_PERIOD_SECONDS),
                Map.entry("--ramp", Setting.RAMP),
                Map.entry("--concurrency", Setting.CONCURRENCY),
                Map.entry("--max-in-flight", Setting.MAX_IN_FLIGHT),
                Map.entry("--trace", Setting.TRACE),
                Map.entry("--speed", Setting.TRACE_SPEED));
        if (options != null) {
            for (String option : options.split(" ", -1)) {
                String name = option.substring(0, option.indexOf('='));
                draft.option(requireNonNull(settings.get(name)), name, option.substring(option.indexOf('=') + 1));
            }
        }
    }

    private List<String> problems(HowMany howMany) {
        return draft.check(howMany) instanceof Checked.Invalid(var problems)
                ? problems.stream().map(Problem::toString).toList()
                : List.of();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static ServiceLevel within(long millis) {
        return ServiceLevel.endToEnd(Duration.ofMillis(millis));
    }
}
