package io.sagebench.benchmark.calibrate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sagebench.benchmark.calibrate.CalibrationOrder.Source;
import io.sagebench.engine.sim.EngineProfiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// Calibrates against servers that answer otherwise than asked.
class CalibratorOddServersTest {
    private static final String EVENT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word\"},\"finish_reason\":null}]}\n\n";
    private static final String END = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    @Test
    void saysThatAnswersWereShorterThanAskedFor() throws IOException {
        var fitted = (CalibrationOutcome.Fitted) calibrated(200, EVENT.repeat(3) + END + usage(100, 3) + DONE);
        assertThat(fitted.notes())
                .anyMatch(note -> note.startsWith("40 of 40 answers were shorter than asked for, so the server may not heed ignore_eos."))
                .noneMatch(note -> note.contains("without a count"));
    }

    @Test
    void saysThatTokensWereNotCounted() throws IOException {
        var fitted = (CalibrationOutcome.Fitted) calibrated(200, EVENT.repeat(3) + END + DONE);
        assertThat(fitted.notes())
                .contains("40 of 40 answers came without a count of their tokens (usage): each content event was taken for one.");
    }

    @Test
    void refusesCountsThatCannotBe() throws IOException {
        assertThat(calibrated(200, EVENT + END + usage(0, 1) + DONE)).isInstanceOfSatisfying(CalibrationOutcome.Failed.class, failed ->
                assertThat(failed.messages()).singleElement().asString()
                        .startsWith("8 of 8 requests to http://127.0.0.1:")
                        .endsWith("the first with: completed, but the server counts 0 tokens in the prompt and 1 in the answer"));
    }

    @Test
    void givesUpWhenTheServerAnswersNothing() throws IOException {
        assertThat(calibrated(500, "broken")).isInstanceOfSatisfying(CalibrationOutcome.Failed.class, failed ->
                assertThat(failed.messages()).singleElement().asString().startsWith("8 of 8 requests to ").contains("500"));
    }

    private static String usage(int prompt, int output) {
        return "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + output + "}}\n\n";
    }

    private static CalibrationOutcome calibrated(int status, String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.setExecutor(threads);
            server.createContext("/", exchange -> reply(exchange, 404, "text/plain", "none"));
            server.createContext("/v1/models", exchange -> reply(exchange, 200, "application/json", "{\"data\":[{\"id\":\"odd\"}]}"));
            server.createContext("/v1/chat/completions", exchange -> reply(exchange, status, "text/event-stream", answer));
            server.start();
            var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            var order = new CalibrationOrder(
                    new Source.Server(url, Optional.empty(), Optional.empty()),
                    EngineProfiles.named("qwen2.5-0.5b-a100"), Duration.ofSeconds(1), 5);
            CalibrationOutcome outcome = new Calibrator(_ -> {}).calibrate(order);
            server.stop(0);
            return outcome;
        }
    }

    private static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, 0);
        try (var out = exchange.getResponseBody()) {
            out.write(body.getBytes(UTF_8));
        }
    }
}
