package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineResult;
import io.sagebench.engine.RealText;
import io.sagebench.engine.Sampling;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.server.RawHttp.Answer;
import io.sagebench.request.ChatTurn;
import io.sagebench.request.Tokenizer;
import java.io.IOException;
import java.net.BindException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The port of an engine that computes, in front of one that says what the test says. Its model has a token for each character, and ends with 0.
@Timeout(60)
class ModelTextPortTest {
    private static final String STREAM_WITH_USAGE = ",'stream':true,'stream_options':{'include_usage':true}";

    private final LiveTimeline timeline = new LiveTimeline("test-timeline", new RunClock(), _ -> {});
    private final FakeEngine engine = new FakeEngine(timeline, 3);
    private final EngineServer server = new EngineServer(timeline, engine, new Characters(), ServerSettings.onLoopback(0));

    ModelTextPortTest() throws BindException {}

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
    void promptsReachTheEngineInTheModelsTokensAndTheAnswerIsItsText() throws IOException {
        try (var client = connect()) {
            client.send(RawHttp.post(
                    "/v1/completions", "{'model':'m','prompt':'abc','max_tokens':5,'temperature':0.5,'top_p':0.9,'top_k':7,"
                            + "'repetition_penalty':1.5,'seed':9}"));
            var job = engine.next();
            assertThat(text(job).promptTokens()).containsExactly('a', 'b', 'c');
            assertThat(job.job().promptTokens()).isEqualTo(3);
            assertThat(job.job().maxOutputTokens()).isEqualTo(5);
            assertThat(text(job).sampling()).isEqualTo(new Sampling(0.5, 0.9, 7, 1.5, 9, false));
            says(job, "ja", "", "\"é\"");
            finish(job, 3);
            assertThat(client.answer().body())
                    .contains("\"text\":\"ja\\\"é\\\"\"", "\"finish_reason\":\"stop\"")
                    .contains("\"prompt_tokens\":3,\"completion_tokens\":3,\"total_tokens\":6");
        }
    }

    @Test
    void tokensWithoutTextHaveNoEventButAreCounted() throws IOException {
        try (var client = connect()) {
            client.send(RawHttp.post("/v1/completions", "{'model':'m','prompt':'abc','max_tokens':3" + STREAM_WITH_USAGE + "}"));
            var job = engine.next();
            says(job, "", "\u20ac", "");
            finish(job, 3);
            client.head();
            assertThat(client.chunk()).contains("\"text\":\"€\"");
            assertThat(client.chunk())
                    .contains("\"finish_reason\":\"length\"", "\"prompt_tokens\":3,\"completion_tokens\":3", "[DONE]");
        }
    }

    @Test
    void theModelsOwnEndIsAStopEvenAtTheLastAllowedToken() throws IOException {
        try (var client = connect()) {
            client.send(RawHttp.post("/v1/completions", "{'model':'m','prompt':'abc','max_tokens':2}"));
            var job = engine.next();
            tokens(job, "x", 'x');
            tokens(job, "", 0);
            finish(job, 2);
            assertThat(client.answer().body()).contains("\"finish_reason\":\"stop\"");
        }
    }

    @Test
    void aStopTextEndsTheAnswerRightBeforeItAndTheWork() throws IOException {
        try (var client = connect()) {
            client.send(RawHttp.post(
                    "/v1/completions", "{'model':'m','prompt':'abc','max_tokens':9,'stop':['END','never']" + STREAM_WITH_USAGE + "}"));
            var job = engine.next();
            says(job, "so E", "N", "o EN", "Dless");
            client.head();
            assertThat(client.chunk()).contains("\"text\":\"so \"");
            assertThat(client.chunk()).contains("\"text\":\"ENo \"");
            assertThat(client.chunk()).contains("\"finish_reason\":\"stop\"", "\"completion_tokens\":4");
            assertThat(engine.cancelled()).isOne();
            says(job, "more");
            finish(job, 5); // too late, and of no effect
        }
        assertThat(timeline.failure()).isEmpty();
    }

    @Test
    void whatOnlyBeganLikeAStopIsSentInTheEnd() throws IOException {
        try (var client = connect()) {
            client.send(RawHttp.post(
                    "/v1/completions", "{'model':'m','prompt':'abc','max_tokens':2,'stop':'END'" + STREAM_WITH_USAGE + "}"));
            var job = engine.next();
            says(job, "x", "EN");
            finish(job, 2);
            client.head();
            assertThat(client.chunk()).contains("\"text\":\"x\"");
            assertThat(client.chunk()).contains("\"text\":\"EN\"");
            assertThat(client.chunk()).contains("\"finish_reason\":\"length\"", "\"completion_tokens\":2");
        }
    }

    @Test
    void aChatGoesThroughTheModelsTemplate() throws IOException {
        try (var client = connect()) {
            client.send(RawHttp.post(
                    "/v1/chat/completions",
                    "{'model':'m','messages':[{'role':'system','content':'s'},{'role':'user','content':[{'type':'text','text':'a'},"
                            + "{'type':'text','text':'b'}]}],'max_tokens':1,'temperature':0}"));
            var job = engine.next();
            assertThat(new Characters().tokenizer().decode(text(job).promptTokens())).isEqualTo("<system>s<user>ab");
            assertThat(text(job).sampling().temperature()).isZero();
            tokens(job, "x", 'x');
            finish(job, 1);
            assertThat(client.answer().body()).contains("\"content\":\"x\"", "\"prompt_tokens\":17,\"completion_tokens\":1");
        }
    }

    @Test
    void aTemplateThatRefusesIsTheClientsMistake() throws IOException {
        String body = "{'model':'m','messages':[{'role':'robot','content':'s'}]}";
        assertThat(post("/v1/chat/completions", body))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(400))
                .satisfies(answer -> assertThat(answer.body()).contains("no robots"));
    }

    @Test
    void tokenIdsAreTakenAsTheyAre() throws IOException {
        try (var client = connect()) {
            client.send(RawHttp.post("/v1/completions", "{'model':'m','prompt':[[104,105],[33]],'max_tokens':1,'echo':true}"));
            var first = engine.next();
            var second = engine.next();
            assertThat(text(first).promptTokens()).containsExactly(104, 105);
            tokens(first, "x", 'x');
            finish(first, 1);
            tokens(second, "y", 'y');
            finish(second, 1);
            assertThat(client.answer().body()).contains("\"text\":\"hix\"", "\"text\":\"!y\"", "\"prompt_tokens\":3");
        }
        assertThat(post("/v1/completions", "{'model':'m','prompt':[104,70000],'max_tokens':1}").body())
                .contains("prompt[1] is 70000, but this model has the tokens 0 to 65535");
    }

    @Test
    void severalAnswersToOnePromptHaveChanceOfTheirOwn() throws IOException {
        try (var client = connect()) {
            client.send(RawHttp.post("/v1/completions", "{'model':'m','prompt':'a','max_tokens':1,'n':2,'seed':4}"));
            var first = engine.next();
            var second = engine.next();
            assertThat(text(first).sampling().seed()).isEqualTo(4).isNotEqualTo(text(second).sampling().seed());
            first.answer(0);
            second.answer(0);
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'logit_bias':{'5':1}            | this engine does not do logit_bias
            'presence_penalty':0.5          | this engine does not do presence_penalty
            'logprobs':true                 | this engine does not do logprobs
            'response_format':{'type':'x'}  | response_format other than text
            'min_tokens':3                  | min_tokens below max_tokens
            'temperature':-1                | temperature must be a number from 0 to 1000, but is -1
            'top_p':0                       | top_p must be a number above 0 and at most 1, but is 0
            'seed':1.5                      | seed must be a whole number, but is 1.5
            'max_tokens':5000               | This model's maximum context length is 1000 tokens
            """)
    void refusesWhatWouldGiveAnotherAnswer(String field, String message) throws IOException {
        String others = field.startsWith("'max_tokens'") ? "" : "'max_tokens':9,";
        Answer answer = post("/v1/completions", "{'model':'m','prompt':'a'," + others + field + "}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
    }

    @Test
    void whatSaysTheUsualIsTaken() throws IOException {
        try (var client = connect()) {
            client.send(RawHttp.post(
                    "/v1/completions",
                    "{'model':'m','prompt':'a','max_tokens':4,'min_tokens':4,'presence_penalty':0,'logprobs':null,'n':1,"
                            + "'best_of':1,'logit_bias':{},'response_format':{'type':'text'}}"));
            var job = engine.next();
            assertThat(text(job).sampling().ignoreEos()).isTrue();
            job.answer(0);
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void embedsWhatTheEngineComputes() throws IOException {
        try (var client = connect()) {
            client.send(RawHttp.post("/v1/embeddings", "{'model':'m','input':['ab','c']}"));
            var first = engine.next();
            var second = engine.next();
            assertThat(text(first).promptTokens()).containsExactly('a', 'b');
            second.tell(to -> {
                text(second).embedded(new float[] {0, 1});
                to.finished(new EngineResult(1, 0, 0));
            });
            first.tell(to -> {
                text(first).embedded(new float[] {0.5f, -2});
                to.finished(new EngineResult(2, 0, 0));
            });
            assertThat(client.answer().body())
                    .contains("\"index\":0,\"embedding\":[0.5,-2.0]", "\"index\":1,\"embedding\":[0.0,1.0]")
                    .contains("\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}");
        }
    }

    @Test
    void saysItsTokensAndTheirText() throws IOException {
        assertThat(post("/tokenize", "{'model':'m','prompt':'hi','return_token_strs':true}").body())
                .isEqualTo("{\"count\":2,\"max_model_len\":1000,\"tokens\":[104,105],\"token_strs\":[\"h\",\"i\"]}");
        assertThat(post("/tokenize", "{'model':'m','messages':[{'role':'user','content':'a'}]}").body()).contains("\"count\":7");
        assertThat(post("/detokenize", "{'model':'m','tokens':[104,105]}").body()).isEqualTo("{\"prompt\":\"hi\"}");
        assertThat(post("/detokenize", "{'model':'m','tokens':'x'}").status()).isEqualTo(400);
    }

    private Answer post(String path, String body) throws IOException {
        try (var client = connect()) {
            return client.send(RawHttp.post(path, body)).answer();
        }
    }

    private static RealText text(FakeEngine.Started job) {
        return (RealText) job.job().payload();
    }

    private static void says(FakeEngine.Started job, String... pieces) {
        for (String piece : pieces) {
            tokens(job, piece, 1);
        }
    }

    private static void tokens(FakeEngine.Started job, String piece, int token) {
        job.tell(to -> {
            text(job).said(token, piece);
            to.tokens(1);
        });
    }

    private static void finish(FakeEngine.Started job, int tokens) {
        job.tell(to -> to.finished(new EngineResult(job.job().promptTokens(), 0, tokens)));
    }

    private RawHttp connect() throws IOException {
        return new RawHttp(server.port());
    }

    /// A model with a token for each UTF-16 character.
    private static final class Characters implements ModelText {
        @Override
        public Tokenizer tokenizer() {
            return new Tokenizer() {
                @Override
                public String name() {
                    return "characters";
                }

                @Override
                public int[] encode(String text) {
                    return text.chars().toArray();
                }

                @Override
                public String decode(int[] tokens) {
                    return Arrays.stream(tokens).mapToObj(token -> String.valueOf((char) token)).collect(Collectors.joining());
                }
            };
        }

        @Override
        public int vocabularySize() {
            return 65_536;
        }

        @Override
        public int[] prompt(String text) {
            return tokenizer().encode(text);
        }

        @Override
        public int[] chat(List<ChatTurn> turns) {
            if (turns.getFirst().role().equals("robot")) {
                throw new IllegalArgumentException("no robots");
            }
            return tokenizer().encode(turns.stream()
                    .map(turn -> "<" + turn.role() + ">" + turn.text())
                    .collect(Collectors.joining()));
        }

        @Override
        public Set<Integer> endTokens() {
            return Set.of(0);
        }
    }
}
