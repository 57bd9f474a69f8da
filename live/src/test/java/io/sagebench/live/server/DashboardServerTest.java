package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sagebench.live.dashboard.PolicyColours;
import io.sagebench.live.dashboard.PolicyColours.Colour;
import io.sagebench.live.dashboard.Snapshot;
import io.sagebench.live.dashboard.Snapshot.Counts;
import io.sagebench.live.dashboard.Snapshot.Kind;
import io.sagebench.live.dashboard.Snapshot.State;
import io.sagebench.live.dashboard.Snapshot.Status;
import io.sagebench.live.dashboard.Snapshot.Subject;
import io.sagebench.live.server.RawHttp.Answer;
import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Watched over loopback, byte by byte.
@Timeout(60)
class DashboardServerTest {
    private static final PolicyColours COLOURS = new PolicyColours(Map.of("fifo", new Colour("#0072b2", "#59a4ce")));

    private final AtomicInteger asked = new AtomicInteger();
    private volatile State state = State.MEASURING;
    private final DashboardServer server = serving(0);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsColoursOnceAndASnapshotEachSecond() throws IOException {
        try (var viewer = watching()) {
            Answer head = viewer.head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers()).containsEntry("content-type", "text/event-stream; charset=utf-8").containsEntry("cache-control", "no-store");
            assertThat(data(viewer, "hello").at("/colours/fifo/dark").stringValue()).isEqualTo("#59a4ce");
            for (int number = 1; number <= 3; number++) {
                JsonNode snapshot = data(viewer, "snapshot");
                assertThat(snapshot.path("state").stringValue()).isEqualTo("measuring");
                assertThat(snapshot.path("ended").booleanValue()).isFalse();
                assertThat(snapshot.at("/counts/completed").intValue()).isEqualTo(number);
                assertThat(snapshot.at("/counts/queued").isNull()).isTrue();
            }
        }
    }

    @Test
    void asksNobodyForFiguresWhileNobodyWatches() throws IOException {
        try (var viewer = watching()) {
            viewer.head();
            data(viewer, "hello");
            data(viewer, "snapshot");
            assertThat(server.watching()).isEqualTo(1);
        }
        await().until(() -> server.watching() == 0);
        int until = asked.get();
        try (var page = new RawHttp(server.url().getPort())) {
            assertThat(page.send(RawHttp.get("/dashboard")).answer().status()).isEqualTo(200);
        }
        assertThat(asked.get()).isEqualTo(until);
    }

    @Test
    void tellsTheLastStateBeforeItEnds() throws IOException {
        try (var viewer = watching()) {
            viewer.head();
            data(viewer, "hello");
            data(viewer, "snapshot");
            state = State.DONE;
            server.close();
            JsonNode last = data(viewer, "end");
            assertThat(last.path("state").stringValue()).isEqualTo("done");
            assertThat(last.path("ended").booleanValue()).isTrue();
            assertThat(viewer.chunk()).isEmpty();
            assertThat(viewer.isClosedByServer()).isTrue();
        }
    }

    @Test
    void thePageNeedsNothingFromElsewhere() throws IOException {
        for (String path : List.of("/dashboard", "/dashboard/dashboard.js", "/dashboard/dashboard.css")) {
            try (var client = new RawHttp(server.url().getPort())) {
                Answer answer = client.send(RawHttp.get(path)).answer();
                assertThat(answer.status()).as(path).isEqualTo(200);
                assertThat(answer.headers().get("content-security-policy")).as(path).startsWith("default-src 'none'");
                assertThat(answer.body().replace("http://www.w3.org/2000/svg", "")).as(path).doesNotContain("http:", "https:", "innerHTML", "@import");
            }
        }
        try (var client = new RawHttp(server.url().getPort())) {
            assertThat(client.send(RawHttp.get("/")).answer().headers()).containsEntry("location", "/dashboard");
        }
    }

    @Test
    void figuresAreForThisMachineOnly() throws IOException {
        for (String path : List.of("/dashboard/events", "/dashboard/now")) {
            try (var client = new RawHttp(server.url().getPort())) {
                Answer answer = client.send("GET " + path + " HTTP/1.1\r\nHost: rebound.example\r\n\r\n").answer();
                assertThat(answer.status()).as(path).isEqualTo(403);
            }
        }
    }

    @Test
    void whatIsNowComesWithoutThePast() throws IOException {
        try (var client = new RawHttp(server.url().getPort())) {
            JsonNode now = JsonMapper.shared().readTree(client.send(RawHttp.get("/dashboard/now")).answer().body());
            assertThat(now.path("series").isNull()).isTrue();
            assertThat(now.path("kind").stringValue()).isEqualTo("benchmark");
        }
    }

    @Test
    void aPortThatIsTakenIsToldClearly() {
        int taken = server.url().getPort();
        assertThatThrownBy(() -> new DashboardServer(ServerSettings.onLoopback(taken), (_, _) -> {}, COLOURS))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("port " + taken)
                .hasMessageContaining("choose another port");
    }

    private RawHttp watching() throws IOException {
        return new RawHttp(server.url().getPort()).send(RawHttp.get("/dashboard/events"));
    }

    /// The data of the next event, which is of that kind.
    private static JsonNode data(RawHttp viewer, String kind) throws IOException {
        String event = viewer.chunk();
        assertThat(event).startsWith("event: " + kind + "\ndata: {").endsWith("}\n\n");
        assertThat(event.lines()).hasSize(3); // an empty one ends it
        return JsonMapper.shared().readTree(event.lines().skip(1).findFirst().orElseThrow().substring("data: ".length()));
    }

    private DashboardServer serving(int port) {
        try {
            return new DashboardServer(ServerSettings.onLoopback(port), (where, answer) -> where.execute(() -> answer.accept(snapshot())), COLOURS);
        } catch (BindException taken) {
            throw new IllegalStateException(taken);
        }
    }

    private Snapshot snapshot() {
        return new Snapshot(
                new Subject(Kind.BENCHMARK, "run", "<script>", false),
                new Status(state, "", "fifo", Optional.empty()),
                new Counts(asked.incrementAndGet(), OptionalLong.of(1), 0, OptionalLong.of(2), OptionalLong.empty()),
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
