package io.sagebench.benchmark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.EngineSpec;
import io.sagebench.benchmark.Serving.ControlPlaneServerConfig;
import io.sagebench.benchmark.Serving.Engines;
import io.sagebench.benchmark.Serving.FirstPolicy;
import io.sagebench.benchmark.config.ClusterDraft.Registration;
import io.sagebench.controlplane.AdmissionSettings;
import io.sagebench.controlplane.ControlPlaneSettings;
import io.sagebench.controlplane.HistorySettings;
import io.sagebench.controlplane.TenantLimits;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultReading;
import io.sagebench.engine.fault.FaultText;
import io.sagebench.live.engine.HttpEngineSettings;
import io.sagebench.live.engine.UpstreamTrust;
import io.sagebench.live.engine.metrics.ServerKind;
import io.sagebench.live.server.GatewaySettings;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.policy.Policies;
import io.sagebench.request.RequestType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterDraftTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void readsAllThatCanBeSaidOfAServer() throws IOException {
        environment.put("GPU1_KEY", "s3cret");
        ControlPlaneServerConfig config = valid("""
                engines:
                  - id: gpu-1
                    url: https://gpu1:8443/v1
                    kind: sglang
                    models: {chat: meta-llama/Llama-3, small: qwen}
                    types: [llm_chat, embedding]
                    api_key_env: GPU1_KEY
                    headers: {X-Team: blue, X-Tries: 3}
                    max_concurrent: 12
                    context_tokens: 8192
                    kv_tokens: 3000000000
                    profile: llama3-8b-a100
                    usd_per_hour: 1.8
                    max_texts_per_call: 32
                    health_path: /ready
                    tls: {insecure: true}
                metrics: {interval: 250ms}
                timeouts: {connect: 1s, first_byte: 20s, idle: 5s, probe: 3s, first_token: 4s, no_engine: 7s, engine_drain: 8s}
                """);
        var spec = (EngineSpec.AtUrl) specs(config).getFirst();
        assertThat(spec.id()).isEqualTo("gpu-1");
        assertThat(spec.url()).hasToString("https://gpu1:8443/v1");
        assertThat(spec.trust()).isEqualTo(new UpstreamTrust.Anybody());
        HttpEngineSettings settings = spec.settings();
        assertThat(settings.apiKey().orElseThrow().headerValue()).isEqualTo("Bearer s3cret");
        assertThat(config.toString()).doesNotContain("s3cret");
        assertThat(settings.headers()).containsEntry("X-Team", "blue").containsEntry("X-Tries", "3");
        assertThat(settings.maxConcurrent()).isEqualTo(12);
        assertThat(settings.watch().healthPath()).isEqualTo("/ready");
        assertThat(settings.watch().metricsInterval()).contains(Duration.ofMillis(250));
        assertThat(settings.timeouts().connect()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.timeouts().firstByte()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.timeouts().probe()).isEqualTo(Duration.ofSeconds(3));
        var declared = settings.declared();
        assertThat(declared.kind()).contains(ServerKind.SGLANG);
        assertThat(declared.models()).containsExactly(Map.entry("chat", "meta-llama/Llama-3"), Map.entry("small", "qwen"));
        assertThat(declared.types()).containsExactlyInAnyOrder(RequestType.LLM_CHAT, RequestType.EMBEDDING);
        assertThat(declared.contextTokens()).hasValue(8_192);
        assertThat(declared.kvTokens()).hasValue(3_000_000_000L);
        assertThat(declared.traits().usdPerHour()).hasValue(1.8);
        assertThat(declared.traits().maxTextsPerCall()).hasValue(32);
        assertThat(declared.firstSpeed()).isEqualTo(ProfileSource.find("llama3-8b-a100").orElseThrow().expectedSpeed());
        var failures = config.settings().failures();
        assertThat(failures.patience()).isEqualTo(Duration.ofSeconds(7));
        assertThat(failures.drainLimit()).isEqualTo(Duration.ofSeconds(8));
        assertThat(failures.phases().orElseThrow().most()).isEqualTo(Duration.ofSeconds(4));
        assertThat(failures.phases().orElseThrow().idle()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatIsNotSaidHasItsDefault() throws IOException {
        ControlPlaneServerConfig config = valid("""
                engines:
                  - id: a
                    url: http://a:8000
                  - {id: sim, simulated: llama3-8b-a100, count: 2}
                """);
        assertThat(config.gateway()).isEqualTo(GatewaySettings.of(ServerSettings.onLoopback(8080)));
        assertThat(config.policy()).isEqualTo(new FirstPolicy("fifo", Map.of()));
        assertThat(config.settings()).isEqualTo(ControlPlaneSettings.DEFAULT);
        assertThat(((EngineSpec.AtUrl) specs(config).getFirst()).settings()).isEqualTo(HttpEngineSettings.DEFAULT);
        assertThat(specs(config).getLast()).isEqualTo(new EngineSpec.Simulated("sim", 2, "llama3-8b-a100", OptionalDouble.empty()));
    }

    @Test
    void theExampleIsValidAndSaysTheDefaults() throws IOException {
        ControlPlaneServerConfig config = valid(ExampleCluster.yaml());
        assertThat(config.gateway()).isEqualTo(GatewaySettings.of(ServerSettings.onLoopback(8080)));
        assertThat(config.settings()).isEqualTo(ControlPlaneSettings.DEFAULT);
        assertThat(config.seed()).isEqualTo(42);
    }

    /// With the comment signs taken away, every key of the reader stands in the example, and all of it is accepted.
    @Test
    void theExampleHasEveryKey() throws IOException {
        environment.put("GPU1_API_KEY", "a");
        environment.put("SEARCH_API_KEY", "b");
        environment.put("SAGE_ADMIN_TOKEN", "c");
        String all = ExampleCluster.yaml().replaceAll("(?m)^( *)# ( *(- )?[a-z_]+:.*)$", "$1$2");
        assertThat(problems(write(all))).as("but for files that are not there").isNotEmpty().allMatch(problem -> problem.contains(".pem"));
        for (List<String> keys : List.of(
                AdmissionFields.ADMISSION, AdmissionFields.HISTORY, ClusterDraft.KEYS, ClusterDraft.POLICY, ClusterDraft.TIMEOUTS, ClusterDraft.METRICS, EngineFields.KEYS,
                GatewayFields.CONNECTIONS, GatewayFields.ADMIN, GatewayFields.TLS, GatewayFields.TENANT, FailureFields.QUEUE,
                FailureFields.HEALTH, FailureFields.RETRY, FailureFields.BREAKER)) {
            assertThat(keys).allSatisfy(key -> assertThat(all).containsPattern("(?m)(^|[ {])" + key + ":"));
        }
    }

    @Test
    void readsWhereItListensAndWhoMayAsk() throws IOException {
        environment.put("ADMIN", "t0ken");
        environment.put("A", "key-a");
        ControlPlaneServerConfig config = valid("""
                host: 0.0.0.0
                port: 9000
                policy: {name: priority, params: {aging_ms: 500}}
                queue: {requests: 5, drop_expired: false}
                connections: {body_mb: 2, drain: 9s}
                admin: {port: 9001, token_env: ADMIN}
                tenants: {a: {api_key_env: A}}
                retry: {most: 0}
                seed: 7
                engines: [{id: sim, simulated: llama3-8b-a100}]
                """);
        ServerSettings service = config.gateway().service();
        assertThat(service.host()).isEqualTo("0.0.0.0");
        assertThat(service.limits().maxBodyBytes()).isEqualTo(2 << 20);
        assertThat(service.drainLimit()).isEqualTo(Duration.ofSeconds(9));
        ServerSettings admin = config.gateway().admin().orElseThrow();
        assertThat(List.of(admin.host(), admin.port())).containsExactly("127.0.0.1", 9001);
        assertThat(admin.adminToken()).isPresent();
        assertThat(config.policy()).isEqualTo(new FirstPolicy("priority", Map.of("aging_ms", "500")));
        assertThat(config.settings().queue().maxRequests()).isEqualTo(5);
        assertThat(config.settings().queue().maxRequestsPerTenant()).isEqualTo(5);
        assertThat(config.settings().queue().dropExpired()).isFalse();
        assertThat(config.settings().failures().retries().most()).isZero();
        assertThat(config.seed()).isEqualTo(7);
    }

    @Test
    void readsWhomItLetsInAndHowLongItRemembers() throws IOException {
        environment.put("A", "key-a");
        ControlPlaneServerConfig config = valid("""
                admission: {max_saturation: 1.5, requests_per_second: 10, burst: 20}
                history: {requests: 7, age: 3m}
                tenants: {a: {api_key_env: A, requests_per_second: 2.5, max_in_flight: 4}}
                engines: [{id: sim, simulated: llama3-8b-a100}]
                """);
        AdmissionSettings admission = config.settings().admission();
        assertThat(admission.maxSaturation()).hasValue(1.5);
        assertThat(admission.of("b")).isEqualTo(TenantLimits.NONE.withRate(10, 20));
        assertThat(admission.of("a")).isEqualTo(TenantLimits.NONE.withRate(2.5, 20).withMaxInFlight(4));
        assertThat(config.settings().history()).isEqualTo(new HistorySettings(7, Duration.ofMinutes(3)));
        assertThat(valid("tenants: {b: {max_in_flight: 1}}\nengines: [{id: sim, simulated: llama3-8b-a100}]\n")
                        .settings()
                        .admission()
                        .of("b"))
                .as("by name, without a key")
                .isEqualTo(TenantLimits.NONE.withMaxInFlight(1));
    }

    @Test
    void limitsThatMakeNoSenseAreNamed() throws IOException {
        Path file = write("""
                admission: {max_saturation: 0, burst: 3}
                tenants: {a: {}, b: {max_in_flight: 0}}
                engines: [{id: "-x", simulated: llama3-8b-a100, usd_per_hour: -1}]
                """);
        assertThat(problems(file)).hasSize(6)
                .anySatisfy(problem -> assertThat(problem).contains("max_saturation", "above 0"))
                .anySatisfy(problem -> assertThat(problem).contains("'admission.burst' has no effect without requests_per_second"))
                .anySatisfy(problem -> assertThat(problem).contains("'tenants.a.api_key_env' is missing"))
                .anySatisfy(problem -> assertThat(problem).contains("line 2").contains("max_in_flight").contains("at least 1"))
                .anySatisfy(problem -> assertThat(problem).contains("'engines[1].id' must be of letters"))
                .anySatisfy(problem -> assertThat(problem).contains("usd_per_hour", "at least 0"));
    }

    @Test
    void faultsAreForSimulatedEnginesOfTheFile() throws IOException {
        var faults = ((FaultReading.Read) FaultText.plan("slow:4x,engine=sim-3")).plan();
        assertThat(withFaults("engines: [{id: sim, simulated: llama3-8b-a100, count: 3}]\n", faults)).isEmpty();
        assertThat(withFaults("engines: [{id: sim, simulated: llama3-8b-a100}]\n", faults))
                .containsExactly("--faults: there is no simulated engine 'sim-3'; there are sim");
        assertThat(withFaults("engines: [{id: a, url: \"http://a\"}]\n", faults))
                .containsExactly("--faults: is for simulated engines, and the file has none");
    }

    private List<String> withFaults(String yaml, FaultPlan faults) throws IOException {
        var draft = new ClusterDraft(Policies.installed(), environment);
        draft.file(write(yaml));
        return draft.check(Optional.empty(), Optional.empty(), faults) instanceof ClusterDraft.Checked.Invalid(List<Problem> problems)
                ? problems.stream().map(Problem::toString).toList()
                : List.of();
    }

    @Test
    void namesEveryMistakeWithItsLine() throws IOException {
        environment.put("BAD", "has a blank");
        Path file = write("""
                prot: 80
                policy: fito
                engines:
                  - id: a
                    url: ftp://a
                    kind: vlm
                    api_key_env: NOT_SET
                  - id: a
                    url: http://b:8000
                    types: [chat]
                    api_key_env: BAD
                    headers: {Authorization: x}
                  - id: c
                    url: HTTP://B:8000/v1/
                    max_concurrent: 0
                    count: 2
                  - simulated: llama9
                    url: http://d
                  - id: e e
                    url: http://e
                    api_key_env: sk-abc
                """);
        String at = file + ", line ";
        assertThat(problems(file)).containsExactlyInAnyOrder(
                at + "1: unknown key 'prot'; did you mean 'port'?",
                at + "2: unknown policy 'fito'; did you mean 'fifo'? 'sage-bench policies' lists them all",
                at + "5: 'engines[1].url' must be a URL such as http://localhost:8080, but is 'ftp://a'",
                at + "6: 'engines[1].kind' must be one of vllm, sglang, lmdeploy, tgi, tei, trtllm, openai, but is 'vlm'; did you mean 'vllm'?",
                at + "7: 'engines[1].api_key_env' names the environment variable NOT_SET, which is not set",
                at + "10: 'engines[2].types' must be of llm_chat, llm_generate, embedding, but has 'chat'",
                at + "11: 'engines[2].api_key_env' names the environment variable BAD, which must hold visible ASCII characters without spaces",
                at + "12: 'engines[2].headers' must not have Authorization, which is set by itself; use api_key_env",
                at + "14: 'engines[3].url' is that of engines[2]; an engine must not count twice",
                at + "15: max_concurrent must be a whole number of at least 1, but is 0",
                at + "16: 'engines[3].count' is only for simulated engines",
                at + "17: 'engines[4].id' is missing; it names the engine in answers, metrics and logs",
                at + "17: unknown engine profile 'llama9'; expected MODEL-GPU, MODEL-GPU-tpN or a file ending in .yaml, for example llama3-8b-a100;"
                        + " 'sage-bench profiles' lists what ships",
                at + "18: 'engines[4].url' is only for engines at a url, and this one is simulated",
                at + "19: 'engines[5].id' must be of letters, digits, '.', '_', ':' and '-', at most 128, and begin with a letter or digit, but is 'e e'",
                at + "21: 'engines[5].api_key_env' must be the name of an environment variable, never the secret itself");
    }

    @Test
    void anIdCountsOnceEvenWhereItIsMade() throws IOException {
        Path file = write("""
                engines:
                  - {id: sim, simulated: llama3-8b-a100, count: 2}
                  - {id: sim-2, url: "http://b"}
                """);
        assertThat(problems(file)).containsExactly(
                file + ", line 3: 'engines[2].id' gives the id 'sim-2', which engines[1] has already");
    }

    @Test
    void engineslessFilesAndWrongParametersAreRefused() throws IOException {
        Path file = write("policy: {name: priority, params: {aging_ms: soon}}\n");
        assertThat(problems(file)).hasSize(2).anySatisfy(problem -> assertThat(problem).contains("aging_ms must be a number"))
                .anySatisfy(problem -> assertThat(problem).contains("'engines' is missing"));
    }

    @Test
    void aFileWithoutEnginesIsKnownByItsOtherKeys() throws IOException {
        assertThat(ClusterDraft.isClusterFile(write("port: 8080\n"))).isTrue();
        assertThat(ClusterDraft.isClusterFile(write("num_requests: 5\nengines: []\n"))).isTrue();
        assertThat(ClusterDraft.isClusterFile(write("port: 8080\nnum_requests: 5\n"))).isFalse();
        assertThat(ClusterDraft.isClusterFile(write("policy: fifo\nseed: 1\n"))).isFalse(); // both sorts have these
    }

    @Test
    void aFileThatIsNotThereIsTheOnlyMistake() {
        assertThat(problems(folder.resolve("none.yaml"))).singleElement().asString().contains("there is no such file");
    }

    @Test
    void theAdminPortIsAnother() throws IOException {
        Path file = write("""
                port: 9000
                admin: {port: 9000}
                engines: [{id: sim, simulated: llama3-8b-a100}]
                """);
        assertThat(problems(file)).containsExactly(file + ", line 2: 'admin.port' must be another than the service port 9000;"
                + " without it, the admin endpoints are on that one");
    }

    @Test
    void oneEngineCanBeReadFromJson() {
        environment.put("K", "v");
        assertThat(ClusterDraft.registration("{\"id\":\"a\",\"url\":\"http://a:1\",\"api_key_env\":\"K\"}", environment))
                .isInstanceOfSatisfying(Registration.Read.class, read -> assertThat(read.engine().id()).isEqualTo("a"));
        assertThat(ClusterDraft.registration("{\"id\":\"a\",\"ulr\":\"http://a:1\"}", environment))
                .isInstanceOfSatisfying(Registration.Wrong.class, wrong -> assertThat(wrong.problems())
                        .extracting(Problem::toString)
                        .containsExactlyInAnyOrder(
                                "the body, line 1: unknown key 'ulr'; did you mean 'url'?",
                                "the body, line 1: 'url' is missing; an engine is at a url, or simulated"));
        assertThat(ClusterDraft.registration("[", environment)).isInstanceOf(Registration.Wrong.class);
    }

    private ControlPlaneServerConfig valid(String yaml) throws IOException {
        return switch (check(write(yaml))) {
            case ClusterDraft.Checked.Valid(var config, var _) -> config;
            case ClusterDraft.Checked.Invalid(var problems) -> throw new AssertionError(problems);
        };
    }

    private List<String> problems(Path file) {
        return check(file) instanceof ClusterDraft.Checked.Invalid(List<Problem> problems)
                ? problems.stream().map(Problem::toString).toList()
                : List.of();
    }

    private ClusterDraft.Checked check(Path file) {
        var draft = new ClusterDraft(Policies.installed(), environment);
        draft.file(file);
        return draft.check();
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("cluster.yaml"), yaml);
    }

    private static List<EngineSpec> specs(ControlPlaneServerConfig config) {
        return ((Engines.Cluster) config.engines()).specs();
    }
}
