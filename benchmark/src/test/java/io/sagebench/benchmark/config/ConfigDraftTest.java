package io.sagebench.benchmark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.Target;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.request.Priority;
import io.sagebench.workload.LengthRange;
import io.sagebench.workload.WorkloadSpec.Load;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is given first counts, and every mistake is found.
class ConfigDraftTest extends DraftHarness {
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

    @Test
    void suggestsAnEngineProfile() {
        draft.option(Setting.ENGINE_PROFILE, "--engine-profile", "llama3-8b-a10");
        assertThat(problems(HowMany.SEVERAL)).singleElement().asString()
                .startsWith("--engine-profile: unknown engine profile 'llama3-8b-a10'; no GPU 'a10' is known; there are ")
                .endsWith("; did you mean 'a100'?");
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
    void takesLimitsAndWhatToDoOnErrorsFromAFile() throws IOException {
        draft.file(file("c.yaml", "fail_on: [slo<0.95, p99_ttft>500ms]\ncontinue_on_error: true\nsettle_seconds: 2\n"));
        assertThat(valid().limits()).extracting(Limit::text).containsExactly("slo<0.95", "p99_ttft>500ms");
        assertThat(valid().config().continueOnError()).isTrue();
        assertThat(valid().config().measuring().settle()).contains(Duration.ofSeconds(2));
        assertThat(valid().documented()).containsEntry("settle_seconds", 2.0);
    }

    @Test
    void saysInWhichLineALimitIsWrong() throws IOException {
        draft.file(file("c.yaml", "fail_on:\n  - slo<0.95\n  - sol<1\n"));
        assertThat(problems(HowMany.SEVERAL)).singleElement().asString().contains("c.yaml, line 3: unknown metric 'sol'");
    }
}
