package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.FaultHints;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.server.RawHttp.Answer;
import io.sagebench.random.Seed;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The mock engine's port, in front of an engine that does what the test says.
@Timeout(60)
class EngineServerTest {
    private static final String CHAT = "{'model':'m','messages':[{'role':'user','content':'hi'}],'max_tokens':2}";
    private static final String CHAT_STREAM = CHAT.replace("}],", "}],'stream':true,");

    private final LiveTimeline timeline = new LiveTimeline("test-timeline", new RunClock(), _ -> {});
    private final FakeEngine engine = new FakeEngine(timeline, 3);
    private final Map<String, Object> settings = new HashMap<>(Map.of("rate", 1));
    private final EngineServer server = serving(options(OptionalInt.empty(), Duration.ZERO, true));

    EngineServerTest() throws BindException {}

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
    void answersEachPromptAsOftenAsAsked() throws IOException {
        try (var client = connect()) {
            client.send(RawHttp.post(
                    "/v1/completions", "{'model':'m','prompt':['abcdefgh','x'],'n':2,'max_tokens':3}", "X-Request-ID: r"));
            var jobs = List.of(engine.next(), engine.next(), engine.next(), engine.next());
            assertThat(jobs)
                    .extracting(started -> started.job().id().value())
                    .containsExactly("r-0", "r-1", "r-2", "r-3");
            assertThat(jobs).extracting(started -> started.job().promptTokens()).containsExactly(2, 2, 1, 1);
            jobs.reversed().forEach(started -> started.tell(
                    to -> to.finished(new EngineResult(started.job().promptTokens(), 1, 2))));
            Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).containsEntry("x-request-id", "r");
            assertThat(answer.body())
                    .contains("\"object\":\"text_completion\"", "{\"index\":3,\"text\":\" the and\"")
                    .contains("\"finish_reason\":\"stop\"")
                    .contains("\"prompt_tokens\":3,\"completion_tokens\":8,\"total_tokens\":11")
                    .contains("\"cached_tokens\":2");
        }
    }

    @Test
    void streamsSeveralCompletionsWithTheUsageSoFar() throws IOException {
        try (var client = connect()) {
            client.send(RawHttp.post("/v1/completions", """
                    {'model':'m','prompt':[[7,8],[9]],'max_tokens':1,'echo':true,'stream':true,
                     'stream_options':{'include_usage':true,'continuous_usage_stats':true}}"""));
            var first = engine.next();
            var second = engine.next();
            second.answer(1);
            assertThat(client.head().headers()).containsEntry("content-type", "text/event-stream; charset=utf-8");
            assertThat(client.chunk()).contains("\"index\":1,\"text\":\" can\"");
            assertThat(client.chunk())
                    .contains("\"index\":1,\"text\":\" the\"")
                    .contains("\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}");
            assertThat(client.chunk()).contains("\"index\":1,\"text\":\"\"", "\"finish_reason\":\"length\"");
            first.answer(1);
            assertThat(client.chunk()).contains("\"index\":0,\"text\":\" all any\"");
            assertThat(client.chunk()).contains("\"index\":0,\"text\":\" the\"");
            assertThat(client.chunk())
                    .contains("\"index\":0", "\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2")
                    .endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void embedsEachTextAsAJobWithoutOutput() throws IOException {
        try (var client = connect()) {
            client.send(RawHttp.post("/v1/embeddings", "{'model':'m','input':['abcdefgh','x'],'dimensions':1}"));
            var first = engine.next();
            var second = engine.next();
            assertThat(first.job().isEmbedding()).isTrue();
            second.answer(0);
            first.answer(0);
            assertThat(client.answer().body())
                    .contains("{\"object\":\"embedding\",\"index\":0,\"embedding\":[")
                    .contains("{\"object\":\"embedding\",\"index\":1,\"embedding\":[")
                    .contains("\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}");
        }
    }

    @Test
    void packsVectorsAsLittleEndianFloats() throws IOException {
        String ask = "{'model':'m','input':'x','dimensions':1,'encoding_format':'base64'}";
        try (var client = connect().send(RawHttp.post("/v1/embeddings", ask))) {
            engine.next().answer(0);
            // a unit vector of one dimension is 1 or -1
            assertThat(client.answer().body()).containsPattern("\"embedding\":\"AACA[Pv]w==\"");
        }
    }

    @Test
    void anErrorOfTheEngineKeepsItsTypeAndEndsTheOtherJobs() throws IOException {
        try (var client = connect()) {
            client.send(RawHttp.post("/v1/completions", "{'model':'m','prompt':['a','b'],'max_tokens':3}"));
            var failing = engine.next();
            engine.next();
            failing.tell(to -> to.failed(
                    new EngineFailure(EngineFailure.Kind.ERROR, 429, "rate_limit_error", "slow down")));
            Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.headers()).containsEntry("retry-after", "1");
            assertThat(answer.body()).contains("\"type\":\"rate_limit_error\"", "slow down");
            await().until(() -> engine.cancelled() == 2);
        }
    }

    @Test
    void aResetShowsAsOne() throws IOException {
        try (var client = connect().send(RawHttp.chat(CHAT_STREAM))) {
            engine.next().tell(to -> to.failed(failure(EngineFailure.Kind.RESET)));
            assertThatThrownBy(client::head).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
    }

    @Test
    void anAnswerCutShortHasNoEnd() throws IOException {
        try (var client = connect().send(RawHttp.chat(CHAT_STREAM))) {
            engine.next().tell(to -> {
                to.tokens(1);
                to.failed(failure(EngineFailure.Kind.CUT_SHORT));
            });
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(client.chunk()).contains("\"role\":\"assistant\"");
            assertThat(client.chunk()).contains("\" the\"");
            assertThat(new String(client.rest(), UTF_8)).doesNotContain("finish_reason", "[DONE]");
        }
        try (var client = connect().send(RawHttp.chat(CHAT))) {
            engine.next().tell(to -> to.failed(failure(EngineFailure.Kind.CUT_SHORT)));
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(client.chunk()).startsWith("{\"id\":").doesNotContain("finish_reason");
            assertThatThrownBy(client::chunk).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void refusesWhatFindsTheQueueFull() throws IOException {
        var narrow = serving(options(OptionalInt.of(1), Duration.ZERO, true));
        engine.nowWaiting(1);
        try (var client = new RawHttp(narrow.port()).send(RawHttp.chat(CHAT))) {
            Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.headers()).containsEntry("retry-after", "1");
            assertThat(answer.body()).contains("\"type\":\"rate_limit_error\"", "\"code\":\"queue_full\"");
        } finally {
            narrow.close();
        }
    }

    @Test
    void jobsThatHaveNotReachedTheQueueCountToo() throws IOException {
        var narrow = serving(options(OptionalInt.of(0), Duration.ZERO, true));
        try (var client = new RawHttp(narrow.port());
                var late = new RawHttp(narrow.port())) {
            client.send(RawHttp.post("/v1/completions", "{'model':'m','prompt':['a','b','c']}"));
            var first = engine.next();
            engine.next();
            engine.next();
            assertThat(late.send(RawHttp.chat(CHAT)).answer().status()).isEqualTo(429);
            first.answer(1);
            late.send(RawHttp.chat(CHAT));
            engine.next().answer(2);
            assertThat(late.answer().status()).isEqualTo(200);
        } finally {
            narrow.close();
        }
    }

    @Test
    void sleepsAndWakes() throws IOException {
        assertThat(answerTo(RawHttp.get("/is_sleeping")).body()).isEqualTo("{\"is_sleeping\":false}");
        assertThat(answerTo(RawHttp.post("/sleep?level=3", "")).status()).isEqualTo(400);
        assertThat(answerTo(RawHttp.post("/sleep?level=2", "")).body()).isEqualTo("{\"is_sleeping\":true}");
        assertThat(answerTo(RawHttp.get("/health/ready")))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(503))
                .satisfies(answer -> assertThat(answer.body()).contains("sleeping"));
        assertThat(answerTo(RawHttp.get("/metrics")).body()).contains("sleep_state=\"discard_all\"} 1.0");
        assertThat(answerTo(RawHttp.post("/wake_up", "")).body()).isEqualTo("{\"is_sleeping\":false}");
        assertThat(answerTo(RawHttp.get("/health/ready")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"level=%zz", "level=%", "level", "level=0", "level=3", "x=%zz"})
    void refusesASleepLevelThatIsNone(String query) throws IOException {
        assertThat(answerTo(RawHttp.post("/sleep?" + query, ""))).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("\"param\":\"level\"");
        });
        assertThat(answerTo(RawHttp.get("/is_sleeping")).body()).isEqualTo("{\"is_sleeping\":false}");
    }

    @Test
    void echoesHalfACharacterAsAQuestionMark() throws IOException {
        try (var echoing = serving(options(MockEngineOptions.Answers.ECHO));
                var half = new RawHttp(echoing.port())) {
            half.send(RawHttp.post("/v1/completions", "{'model':'m','max_tokens':1,'prompt':'\\ud800abc'}"));
            engine.next().answer(1);
            assertThat(half.answer().body()).contains("\"text\":\"?abc\"");
        }
    }

    @Test
    void anEngineThatThrowsAtARequestGoesOn() throws IOException {
        engine.nowBroken(true);
        assertThat(answerTo(RawHttp.chat(CHAT))).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).contains("\"type\":\"server_error\"");
        });
        engine.nowBroken(false);
        try (var client = connect().send(RawHttp.chat(CHAT))) {
            engine.next().answer(2);
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void settingsThatThrowAreAnswered() throws IOException {
        settings.put("broken", new Object() {
            @SuppressWarnings("unused") // JSON asks for it
            public int getNumber() {
                throw new IllegalStateException("broken, as the test says");
            }
        });
        assertThat(answerTo(RawHttp.get("/admin/config")).status()).isEqualTo(500);
        assertThat(answerTo(RawHttp.get("/is_sleeping")).status()).isEqualTo(200);
    }

    @Test
    void isNotHealthyWhileTheEngineHasCrashed() throws IOException {
        engine.isDown(true);
        for (String path : List.of("/health", "/ping", "/health/ready")) {
            assertThat(answerTo(RawHttp.get(path)).status()).as(path).isEqualTo(503);
        }
        engine.isDown(false);
        assertThat(answerTo(RawHttp.get("/health")).status()).isEqualTo(200);
    }

    @Test
    void isNotReadyWhileItStartsAndSleepsOnlyWhereAllowed() throws IOException {
        var slow = serving(options(OptionalInt.empty(), Duration.ofHours(1), false));
        try (var client = new RawHttp(slow.port())) {
            assertThat(client.send(RawHttp.get("/health/ready")).answer().status()).isEqualTo(503);
            assertThat(client.send(RawHttp.get("/health")).answer().status()).isEqualTo(200);
            assertThat(client.send(RawHttp.post("/sleep", "")).answer().status()).isEqualTo(404);
        } finally {
            slow.close();
        }
    }

    @Test
    void showsAndChangesSettingsAllOrNone() throws IOException {
        assertThat(answerTo(RawHttp.get("/admin/config")).body()).isEqualTo("{\"rate\":1}");
        assertThat(answerTo(RawHttp.post("/admin/config", "{'rate':2,'speed':3}")))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(400))
                .satisfies(answer -> assertThat(answer.body()).contains("unknown setting 'speed'"));
        assertThat(answerTo(RawHttp.post("/admin/config", "{'rate':2}")).body()).isEqualTo("{\"rate\":2}");
        assertThat(answerTo(RawHttp.post("/admin/config", "[1]")).status()).isEqualTo(400);
    }

    @Test
    void failsAsAHeaderAsksAndHandsFaultHintsOn() throws IOException {
        assertThat(answerTo(RawHttp.chat(CHAT, "X-Return-Error: 503")).status()).isEqualTo(503);
        assertThat(answerTo(RawHttp.chat(CHAT, "X-Return-Error: 200"))).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("X-Return-Error");
        });
        try (var client = connect().send(RawHttp.chat(CHAT, "X-Fault:  reset "))) {
            EngineJob job = engine.next().job();
            assertThat(job.payload()).isInstanceOfSatisfying(
                    FaultHints.class, hints -> assertThat(hints.faultHint()).contains("reset"));
            assertThat(client).isNotNull();
        }
    }

    @Test
    void tokenizesTextAndMessages() throws IOException {
        assertThat(answerTo(RawHttp.post("/tokenize", "{'model':'m','prompt':'abcdefghi','return_token_strs':true}")).body())
                .startsWith("{\"count\":3,\"max_model_len\":1000,\"tokens\":[")
                .endsWith("\"token_strs\":[\"abcd\",\"efgh\",\"i\"]}");
        assertThat(answerTo(RawHttp.post("/tokenize", "{'messages':[{'role':'user','content':'abcde'}]}")).body())
                .startsWith("{\"count\":2,")
                .endsWith("\"token_strs\":null}");
        assertThat(answerTo(RawHttp.post("/tokenize", "{'prompt':3}")).status()).isEqualTo(400);
    }

    @Test
    void tellsWhatItIs() throws IOException {
        assertThat(answerTo(RawHttp.get("/ping")).status()).isEqualTo(200);
        assertThat(answerTo(RawHttp.post("/ping", "")).status()).isEqualTo(200);
        assertThat(answerTo(RawHttp.get("/version")).body()).isEqualTo("{\"version\":\"0.19.0+sagebench\"}");
        assertThat(answerTo(RawHttp.get("/v1/models")).body()).contains("\"id\":\"m\"", "\"max_model_len\":1000");
    }

    @Test
    void countsWhatItServed() throws IOException {
        try (var client = connect().send(RawHttp.chat(CHAT))) {
            engine.next().answer(2);
            client.answer();
        }
        engine.observed(to -> to.stepped(100));
        Answer page = answerTo(RawHttp.get("/metrics"));
        assertThat(page.headers()).containsEntry("content-type", "text/plain; version=0.0.4; charset=utf-8");
        assertThat(page.body())
                .contains("vllm:request_success_total{engine=\"0\",finished_reason=\"length\",model_name=\"m\"} 1.0\n")
                .contains("vllm:time_to_first_token_seconds_count{engine=\"0\",model_name=\"m\"} 1\n")
                .contains("vllm:inter_token_latency_seconds_count{engine=\"0\",model_name=\"m\"} 1\n")
                .contains("vllm:iteration_tokens_total_bucket{engine=\"0\",model_name=\"m\",le=\"64.0\"} 0\n")
                .contains("vllm:iteration_tokens_total_bucket{engine=\"0\",model_name=\"m\",le=\"128.0\"} 1\n");
    }

    @Test
    void aClientThatLeavesIsCountedAsAborted() throws IOException {
        try (var client = connect().send(RawHttp.chat(CHAT))) {
            engine.next();
            assertThat(client).isNotNull();
        }
        await().until(() -> engine.cancelled() == 1);
        assertThat(answerTo(RawHttp.get("/metrics")).body())
                .contains("vllm:request_success_total{engine=\"0\",finished_reason=\"abort\",model_name=\"m\"} 1.0\n");
    }

    @Test
    void theReferencePageNamesEachEndpointAndNoOther() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/mock-engine.md"));
        List<String> named = Pattern.compile("`((?:GET|POST) /[^`]*)`")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        var routes = EngineServer.routes(
                new ServedEngine(timeline, engine, OptionalInt.empty()),
                new MadeUpText(MockEngineOptions.DEFAULT, engine.description()),
                Adjustable.NOTHING,
                MockEngineOptions.DEFAULT,
                ServerSettings.onLoopback(0));
        assertThat(named).containsExactlyInAnyOrderElementsOf(routes.all());
    }

    private static EngineFailure failure(EngineFailure.Kind kind) {
        return new EngineFailure(kind, 500, "", "as the test says");
    }

    private static MockEngineOptions options(OptionalInt maxWaiting, Duration startup, boolean sleepMode) {
        return options(MockEngineOptions.Answers.WORDS, maxWaiting, startup, sleepMode);
    }

    private static MockEngineOptions options(MockEngineOptions.Answers answers) {
        return options(answers, OptionalInt.empty(), Duration.ZERO, true);
    }

    private static MockEngineOptions options(
            MockEngineOptions.Answers answers, OptionalInt maxWaiting, Duration startup, boolean sleepMode) {
        return new MockEngineOptions(
                answers,
                MockEngineOptions.Lengths.FULL,
                maxWaiting,
                8,
                startup,
                sleepMode,
                true,
                new Seed(1));
    }

    private EngineServer serving(MockEngineOptions options) throws BindException {
        return new EngineServer(timeline, engine, new OneSetting(settings), options, ServerSettings.onLoopback(0));
    }

    private RawHttp connect() throws IOException {
        return new RawHttp(server.port());
    }

    private Answer answerTo(String request) throws IOException {
        try (var client = connect().send(request)) {
            return client.answer();
        }
    }

    /// Takes new values of the settings there are.
    private record OneSetting(Map<String, Object> settings) implements Adjustable {
        @Override
        public List<String> adjust(Map<String, Object> changes) {
            List<String> unknown = changes.keySet().stream()
                    .filter(name -> !settings.containsKey(name))
                    .map(name -> "unknown setting '" + name + "'")
                    .toList();
            if (unknown.isEmpty()) {
                settings.putAll(changes);
            }
            return unknown;
        }
    }
}
