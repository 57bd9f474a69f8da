package io.sagebench.benchmark.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.doctor.Finding.Level;
import io.sagebench.monitor.GpuDevice;
import io.sagebench.monitor.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/// What the doctor makes of machines and of servers that answer as the test says.
@Timeout(60)
class DoctorTest {
    private static final String STREAM = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n";
    private static final String USAGE = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}\n\ndata: [DONE]\n\n";

    private final Map<String, String> answers = new HashMap<>(); // "GET /health" to "200 body"
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server;

    DoctorTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.createContext("/", exchange -> {
            String question = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            asked.add(question + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getRequestBody().readAllBytes();
            String answer = answers.getOrDefault(question, "404 ");
            byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        answers.put("GET /health", "200 ok");
        answers.put("GET /v1/models", "200 {\"data\":[{\"id\":\"llama\"},{\"id\":\"qwen\"}]}");
        answers.put("GET /admin/set_policy", "405 ");
        answers.put("POST /v1/chat/completions", "200 " + STREAM + USAGE);
        answers.put("GET /metrics", "200 vllm:num_requests_running 3\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private List<Finding> findings() {
        var patient = new Doctor.Patient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Optional.of(new ApiKey("s3cret")), Optional.empty());
        try (var checks = new TargetChecks(patient)) {
            return checks.findings();
        }
    }

    private Finding found(String what) {
        return findings().stream().filter(finding -> finding.what().equals(what)).findFirst().orElseThrow();
    }

    @Test
    void aControlPlaneThatSupportsAllIsWell() {
        assertThat(findings()).filteredOn(finding -> !finding.what().equals("/tokenize")).allMatch(finding -> finding.level() == Level.OK);
        assertThat(found("models").found()).isEqualTo("llama, qwen");
        assertThat(found("metrics page").found()).startsWith("of vllm");
        assertThat(found("/tokenize").level()).isEqualTo(Level.WARN);
    }

    @Test
    void nothingIsSwitchedAndTheKeyIsSent() {
        findings();
        assertThat(asked).noneMatch(question -> question.startsWith("POST /admin")).allMatch(question -> question.endsWith(" Bearer s3cret"));
    }

    @Test
    void anEngineHasNoPoliciesToSwitch() {
        answers.remove("GET /admin/set_policy");
        assertThat(found("policy switch").level()).isEqualTo(Level.WARN);
        assertThat(found("policy switch").todo()).contains("sage-bench serve --engines http://127.0.0.1");
    }

    @Test
    void aStreamThatCountsNoTokensIsAWarning() {
        answers.put("POST /v1/chat/completions", "200 " + STREAM + "data: [DONE]\n\n");
        assertThat(found("streaming").found()).isEqualTo("streams, but does not count its tokens");
        answers.put("POST /v1/chat/completions", "200 {}");
        assertThat(found("streaming").found()).isEqualTo("the answer is no stream");
        answers.put("POST /v1/chat/completions", "500 ");
        assertThat(found("streaming").found()).isEqualTo("/v1/chat/completions with llama: status 500");
    }

    @Test
    void aServerThatWantsAKeySaysSo() {
        answers.put("GET /health", "401 ");
        answers.put("GET /admin/set_policy", "403 ");
        assertThat(found("health").level()).isEqualTo(Level.FAIL);
        assertThat(found("health").todo()).contains("--api-key");
        assertThat(found("policy switch").todo()).contains("--api-key");
    }

    @Test
    void aServerThatIsNotThereFailsOnce() {
        server.stop(0);
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAIL);
            assertThat(finding.found()).endsWith(": no connection");
        });
    }

    @Test
    void aSmallMachineGetsWarningsWithWhatToDo() {
        assertThat(MachineChecks.cores(1).level()).isEqualTo(Level.WARN);
        assertThat(MachineChecks.cores(2).level()).isEqualTo(Level.OK);
        assertThat(MachineChecks.descriptors(1_024).todo()).contains("ulimit -n");
        assertThat(MachineChecks.descriptors(20_000).level()).isEqualTo(Level.OK);
        assertThat(MachineChecks.memory(8_000, 1_000, 256).todo()).contains("-Xmx");
        assertThat(MachineChecks.memory(8_000, 1_000, 2_000).level()).isEqualTo(Level.OK);
        assertThat(MachineChecks.timer(0.1, 1).level()).isEqualTo(Level.OK);
        assertThat(MachineChecks.timer(3, 4).level()).isEqualTo(Level.WARN);
        assertThat(MachineChecks.timer(0.1, 30).level()).isEqualTo(Level.WARN);
        assertThat(MachineChecks.timer(20, 30).level()).isEqualTo(Level.FAIL);
    }

    @Test
    void thisMachineIsLookedAtWithoutAFailure() {
        List<Finding> findings = Doctor.examine(Optional.empty());
        assertThat(findings).extracting(Finding::what)
                .contains("Java", "cores", "memory", "file descriptors", "clock", "timer", "tokenizers", "CPU inference", "GPU");
        assertThat(findings).filteredOn(finding -> !finding.what().equals("timer")).noneMatch(finding -> finding.level() == Level.FAIL);
    }

    @Test
    void aGpuHasALineWithWhatItTells() {
        var device = new GpuDevice("0: NVIDIA H200", Optional.of("GPU-1"), "nvml", false, "here", true);
        var full = new Sample.Gpu(
                0, device, OptionalDouble.of(12), OptionalDouble.of(1_024), OptionalDouble.of(143_771), OptionalDouble.of(34),
                OptionalDouble.of(76.5), OptionalDouble.of(1));
        assertThat(GpuChecks.line(full))
                .isEqualTo("0: NVIDIA H200, 143771 MiB with 1024 MiB in use, 12 % busy, 76.5 W, 34 C, counts its energy (nvml)");
        OptionalDouble no = OptionalDouble.empty();
        assertThat(GpuChecks.line(new Sample.Gpu(0, device, no, no, no, no, no, no)))
                .isEqualTo("0: NVIDIA H200, memory unknown, utilization unknown, power unknown, temperature unknown, tells no energy (nvml)");
    }

    @Test
    void theJsonSaysWhetherAnyCheckFailed() {
        var json = JsonMapper.shared().readTree(FindingsJson.text(List.of(Finding.ok("a", "b"), Finding.fail("c", "d", "e"))));
        assertThat(json.toString()).isEqualTo("{\"ok\":false,\"checks\":[{\"check\":\"a\",\"level\":\"ok\",\"found\":\"b\",\"todo\":null},"
                + "{\"check\":\"c\",\"level\":\"fail\",\"found\":\"d\",\"todo\":\"e\"}]}");
    }
}
