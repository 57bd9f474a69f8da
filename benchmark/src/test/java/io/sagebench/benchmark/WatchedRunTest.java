package io.sagebench.benchmark;

import static io.sagebench.benchmark.Configs.aBenchmark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.benchmark.dashboard.RunDashboard;
import io.sagebench.report.RecordSink;
import java.io.IOException;
import java.net.BindException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A whole run on the embedded control plane, and somebody who watches it.
@Timeout(90)
class WatchedRunTest {
    private static final int REQUESTS = 120;

    @Test
    void whoWatchesSeesTheRunMoveAndEnd() throws Exception {
        BenchmarkConfig config = aBenchmark().of(new Target.Embedded()).policies("fifo", "vtc").requests(REQUESTS, 40).warmup(2).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            CompletableFuture<List<JsonNode>> seen;
            try (var dashboard = RunDashboard.of(config, "Comparison of fifo, vtc", 0)) {
                var first = new CountDownLatch(1);
                seen = watch(http, dashboard, first);
                assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
                assertThat(new Benchmark().run(config, dashboard.listener(), RecordSink.NONE, new StopSignal()))
                        .isInstanceOfSatisfying(BenchmarkResult.Measured.class, measured -> assertThat(measured.policies())
                                .allSatisfy(policy -> assertThat(policy.metrics().counts().completed()).isEqualTo(REQUESTS)));
                dashboard.ended(RunDashboard.End.DONE, "");
            }
            List<JsonNode> snapshots = seen.get(20, TimeUnit.SECONDS);
            assertThat(snapshots.getFirst().path("state").stringValue()).isEqualTo("starting");
            assertThat(snapshots).anySatisfy(snapshot -> {
                assertThat(snapshot.path("state").stringValue()).isEqualTo("measuring");
                assertThat(snapshot.at("/counts/in_flight").longValue()).isPositive();
                assertThat(snapshot.at("/counts/queued").isNumber()).isTrue();
                assertThat(snapshot.path("instances")).hasSize(DefaultFleet.INSTANCES).allSatisfy(engine ->
                        assertThat(engine.path("state").stringValue()).isEqualTo("ready"));
            });
            JsonNode last = snapshots.getLast();
            assertThat(last.path("state").stringValue()).isEqualTo("done");
            assertThat(last.path("target").stringValue()).startsWith("Target: embedded");
            assertThat(last.path("measured")).hasSize(2).allSatisfy(policy ->
                    assertThat(policy.at("/counts/completed").longValue()).isEqualTo(REQUESTS));
        }
    }

    @Test
    void aPortThatIsTakenIsTold() throws IOException {
        BenchmarkConfig config = aBenchmark().build();
        try (var first = RunDashboard.of(config, "one", 0)) {
            int taken = first.url().getPort();
            assertThatThrownBy(() -> RunDashboard.of(config, "other", taken)).isInstanceOf(BindException.class).hasMessageContaining("port " + taken);
        }
    }

    /// All snapshots until the server says that there are no more.
    private static CompletableFuture<List<JsonNode>> watch(HttpClient http, RunDashboard dashboard, CountDownLatch first) {
        var events = HttpRequest.newBuilder(dashboard.url().resolve("/dashboard/events")).build();
        return http.sendAsync(events, HttpResponse.BodyHandlers.ofLines()).thenApply(answer -> {
            var snapshots = new ArrayList<JsonNode>();
            try (Stream<String> lines = answer.body()) {
                lines.filter(line -> line.startsWith("data: {\"kind\"")).forEach(line -> {
                    snapshots.add(JsonMapper.shared().readTree(line.substring("data: ".length())));
                    first.countDown();
                });
            }
            return snapshots;
        });
    }
}
