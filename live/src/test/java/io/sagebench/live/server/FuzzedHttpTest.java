package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Thousands of requests that are wrong in ways drawn from a seed. None may bring the server down, hang it or be answered with a fault of ours.
@Timeout(120)
class FuzzedHttpTest {
    private static final int REQUESTS = 3_000;
    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 ([1-5][0-9]{2}) ");

    private static final List<String> PATHS = List.of(
            "/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/models", "/health", "/ready", "/metrics",
            "/admin/policy", "/admin/set_policy", "/admin/policies", "/admin/metrics", "/admin/metrics/reset",
            "/admin/instances", "/admin/instances/sim-1", "/admin/requests/r", "/admin/requests/%zz", "/admin/cluster",
            "/admin/instances/none/drain", "/admin/instances/none/enable", "/admin/instances/{id}", "/admin/faults", "/", "/%zz", "/../x", "");
    private static final List<String> METHODS = List.of("POST", "POST", "POST", "POST", "GET", "DELETE", "PUT", "HEAD", "OPTIONS", "x");
    private static final List<String> VALUES = List.of(
            "null", "true", "-1", "0", "1", "2", "1.5", "1e400", "NaN", "9223372036854775808", "\"\"", "\"m\"", "\"default\"", "\"nonesuch\"",
            "[]", "{}", "[[]]", "[{\"role\":\"user\",\"content\":\"hi\"}]", "[{\"role\":7}]", "[1,2,3]", "[\"a\",\"\"]", "\"\\ud800\"",
            "\"fifo\"", "{\"aging_ms\":\"x\"}", "{\"include_usage\":3}");
    private static final List<String> FIELDS = List.of(
            "model", "messages", "prompt", "input", "max_tokens", "max_completion_tokens", "stream", "stream_options", "min_tokens", "n",
            "temperature", "top_p", "user", "encoding_format", "dimensions", "ignore_eos", "policy", "params", "id", "url");
    private static final List<String> HEADERS = List.of(
            "X-Request-ID", "X-Request-Priority", "X-SLO-Deadline-Ms", "X-SLO-TTFT-Ms", "X-SLO-TBT-Ms", "X-Tenant-Id", "X-Session-Id",
            "X-Request-Type", "X-Predicted-Output-Tokens", "Content-Type", "Transfer-Encoding", "Content-Length", "Expect", "Connection",
            "Authorization", "Accept", "Host");
    private static final List<String> HEADER_VALUES = List.of(
            "", " ", "HIGH", "high", "-5", "0", "1e308", "NaN", "a\u0000b", "a\rSet-Cookie: x", "\u00e9", "y".repeat(300), "chunked",
            "100-continue", "close", "embedding", "7", "Bearer x", "99999999999999999999");

    private final LiveTimeline timeline = new LiveTimeline("test-timeline", new RunClock(), _ -> {});
    private final ControlPlaneServer server = serving();

    @BeforeEach
    void start() {
        timeline.start();
    }

    @AfterEach
    void stop() {
        server.close();
        timeline.close();
    }

    @Test
    void everyRequestIsAnsweredOrTheConnectionIsClosedAndTheServerStaysUp() throws Exception {
        RandomGenerator chance = new Seed(2_026).generator();
        Map<Integer, Integer> statuses = new TreeMap<>();
        try (var clients = Executors.newFixedThreadPool(16)) {
            var answers = new ArrayList<Future<Integer>>();
            for (int i = 0; i < REQUESTS; i++) {
                byte[] request = request(chance);
                answers.add(clients.submit(() -> checkedStatusOf(request)));
            }
            for (Future<Integer> answer : answers) {
                statuses.merge(answer.get(), 1, Integer::sum);
            }
        }
        assertThat(statuses).as("statuses").containsKeys(200, 400, 404, 405, 408);
        assertThat(statuses.getOrDefault(0, 0)).as("closed without an answer, of %s", statuses).isLessThan(REQUESTS / 50);
        assertThat(timeline.failure()).isEmpty();
        assertThat(statusOf(RawHttp.chat("{'model':'m','messages':[{'role':'user','content':'hi'}],'max_tokens':2}")
                        .getBytes(ISO_8859_1)))
                .isEqualTo(200);
    }

    private int checkedStatusOf(byte[] request) throws IOException {
        int status = statusOf(request);
        assertThat(status)
                .as("status of: %s", new String(request, ISO_8859_1))
                .satisfiesAnyOf(s -> assertThat(s).isZero(), s -> assertThat(s).isBetween(100, 499), s -> assertThat(s).isEqualTo(503));
        return status;
    }

    private static byte[] request(RandomGenerator chance) {
        String body = "{" + field(chance) + "," + field(chance) + "," + field(chance) + "}";
        if (chance.nextInt(3) == 0) {
            body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":2," + field(chance) + "}";
        }
        var head = new StringBuilder();
        String method = pick(METHODS, chance);
        String path = pick(PATHS, chance);
        if (method.equals("DELETE") && path.equals("/admin/instances/sim-1")) {
            path = "/admin/instances/none"; // the others need it
        }
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = chance.nextInt(3); i > 0; i--) {
            head.append(pick(HEADERS, chance)).append(": ").append(pick(HEADER_VALUES, chance)).append("\r\n");
        }
        if (chance.nextInt(20) != 0) {
            head.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        byte[] bytes = (head + "\r\n" + body).getBytes(ISO_8859_1);
        return switch (chance.nextInt(4)) {
            case 0 -> flipped(bytes, chance);
            case 1 -> chance.nextInt(4) == 0 ? Arrays.copyOf(bytes, chance.nextInt(bytes.length)) : bytes;
            default -> bytes;
        };
    }

    private static String field(RandomGenerator chance) {
        return "\"" + pick(FIELDS, chance) + "\":" + pick(VALUES, chance);
    }

    private static String pick(List<String> from, RandomGenerator chance) {
        return from.get(chance.nextInt(from.size()));
    }

    private static byte[] flipped(byte[] bytes, RandomGenerator chance) {
        for (int i = chance.nextInt(4); i >= 0; i--) {
            bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt(256);
        }
        return bytes;
    }

    /// The status of the first answer; 0 when the connection was closed without one, which ends what was no request at all.
    private int statusOf(byte[] request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            return status(socket.getInputStream());
        } catch (SocketTimeoutException hangs) {
            throw new AssertionError("no answer within 10 s to: " + new String(request, ISO_8859_1), hangs);
        } catch (SocketException _) {
            return 0; // reset: we were still writing when the server had heard enough
        }
    }

    private static int status(InputStream in) throws IOException {
        Matcher first = STATUS.matcher(new String(in.readNBytes(13), ISO_8859_1));
        return first.find() ? Integer.parseInt(first.group(1)) : 0;
    }

    private ControlPlaneServer serving() {
        var profile = EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow();
        var engine = new SimulatedEngine(timeline, new EngineId("sim-1"), ServedModels.of("m"), profile);
        var controlPlane = new ControlPlane(
                timeline, Policies.installed(), "fifo", List.of(engine), QueueLimits.DEFAULT, new Seed(1), () -> 0);
        try {
            return new ControlPlaneServer(
                    timeline,
                    controlPlane,
                    Policies.installed(),
                    GatewaySettings.of(ServerSettings.onLoopback(0)
                            .with(ConnectionLimits.DEFAULT.withTimeouts(
                                    Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(5)))
                            .withDrainLimit(Duration.ofMillis(200))),
                    Optional.of(_ -> new EngineRegistrar.Registration.Invalid(List.of("nothing is good enough"))));
        } catch (BindException taken) {
            throw new AssertionError(taken);
        }
    }
}
