package io.sagebench.live.client;

import static io.sagebench.live.client.Sse.DONE;
import static io.sagebench.live.client.Sse.FINISH;
import static io.sagebench.live.client.Sse.HEAD;
import static io.sagebench.live.client.Sse.LAST_CHUNK;
import static io.sagebench.live.client.Sse.ROLE;
import static io.sagebench.live.client.Sse.USAGE;
import static io.sagebench.live.client.Sse.chunk;
import static io.sagebench.live.client.Sse.chunks;
import static io.sagebench.live.client.Sse.content;
import static io.sagebench.live.client.Sse.event;
import static io.sagebench.live.client.Sse.stream;
import static io.sagebench.live.client.Sse.whole;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.journal.TokenCounts;
import io.sagebench.journal.TokenSource;
import io.sagebench.live.wire.Cuts;
import io.sagebench.request.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The SSE behaviour matrix: each case read whole, cut at every byte, and byte by byte.
class ResponseReaderTest {
    private static final Outcome COMPLETED = new Outcome.Completed();

    private record Read(
            @Nullable Outcome outcome, int events, List<Integer> eventTokens, boolean wholeBody, TokenCounts tokens, long comments) {}

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void anyLineEnd(String end) {
        String answer = ROLE + content("a") + content("b") + FINISH + USAGE + DONE;
        Read read = read(stream(answer.replace("\n", end)));
        assertThat(read.outcome()).isEqualTo(COMPLETED);
        assertThat(read.events()).isEqualTo(2);
        assertThat(read.tokens()).isEqualTo(usage(4));
    }

    @Test
    void noSpaceAfterData() {
        String answer = (content("a") + content("b") + FINISH + DONE).replace("data: ", "data:");
        assertThat(read(stream(answer))).isEqualTo(answer(COMPLETED, 2));
    }

    @Test
    void commentsAndEventLinesAreSkippedAndCounted() {
        Read read = read(stream(": ping\n\n", "event: delta\n" + content("a"), ":\n\nid: 1\n" + content("b"), FINISH, DONE));
        assertThat(read.outcome()).isEqualTo(COMPLETED);
        assertThat(read.events()).isEqualTo(2);
        assertThat(read.comments()).isEqualTo(2);
    }

    @Test
    void severalDataLinesMakeOneEvent() {
        String split = "data: {\"choices\":[{\"delta\":\ndata: {\"content\":\"a\"},\ndata:\"finish_reason\":\"stop\"}]}\n\n";
        assertThat(read(stream(split, DONE))).isEqualTo(answer(COMPLETED, 1));
    }

    @Test
    void charactersOfSeveralBytes() {
        assertThat(read(stream(content("é"), content("漢字"), content("😀"), FINISH, DONE)))
                .isEqualTo(answer(COMPLETED, 3));
    }

    @Test
    void unicodeLineSeparatorsInsideContent() {
        assertThat(read(stream(content("a\u2028b"), content("\u2029"), content("\u0085"), FINISH, DONE)))
                .isEqualTo(answer(COMPLETED, 3));
    }

    @Test
    void anErrorInsideASuccessIsAStreamErrorAndKeepsWhatCame() {
        String error = event("{\"error\":{\"message\":\"CUDA out of memory\",\"type\":\"server_error\",\"code\":500}}");
        assertThat(read(stream(ROLE, content("a"), error, DONE)))
                .isEqualTo(answer(new Outcome.StreamError("CUDA out of memory (server_error)"), 1));
        assertThat(read(stream(event("{\"error\":\"overloaded\"}"))).outcome())
                .isEqualTo(new Outcome.StreamError("overloaded"));
        assertThat(read(stream(event("{\"object\":\"error\",\"message\":\"too long\",\"type\":\"BadRequestError\"}"))).outcome())
                .isEqualTo(new Outcome.StreamError("too long (BadRequestError)"));
    }

    @Test
    void malformedJsonIsAStreamError() {
        assertThat(read(stream(content("a"), event("{\"choices\":"), DONE)))
                .isEqualTo(answer(new Outcome.StreamError("malformed JSON: {\"choices\":"), 1));
    }

    @Test
    void aCleanEndWithoutMarkOrFinishReasonIsTruncated() {
        assertThat(read(stream(ROLE, content("a"), content("b")))).isEqualTo(answer(new Outcome.Truncated(), 2));
    }

    @Test
    void theMarkAloneOrTheFinishReasonAloneCompletes() {
        assertThat(read(stream(content("a"), DONE))).isEqualTo(answer(COMPLETED, 1));
        assertThat(read(stream(content("a"), FINISH))).isEqualTo(answer(COMPLETED, 1));
        assertThat(read(stream(chunk("{\"content\":\"a\"}", "\"length\"")))).isEqualTo(answer(COMPLETED, 1));
    }

    @Test
    void anEndInMidBodyIsAFailedConnectionThatKeepsWhatCame() {
        assertThat(read(HEAD + chunks(ROLE, content("a"), content("b"))))
                .isEqualTo(answer(new Outcome.ConnectionFailed("closed after 2 content events"), 2));
        assertThat(read(HEAD + chunks(content("a")) + "40\r\ndata: {").outcome())
                .isEqualTo(new Outcome.ConnectionFailed("closed after 1 content events"));
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{").outcome())
                .isEqualTo(new Outcome.ConnectionFailed("closed in mid-body"));
        assertThat(read("HTTP/1.1 200 OK\r\nContent-").outcome())
                .isEqualTo(new Outcome.ConnectionFailed("closed in the response headers"));
    }

    @Test
    void anEndAfterTheMarkChangesNothing() {
        assertThat(read(HEAD + chunks(content("a"), DONE))).isEqualTo(answer(COMPLETED, 1));
    }

    @Test
    void aRoleOnlyChunkIsNoToken() {
        assertThat(read(stream(ROLE, chunk("{\"role\":\"assistant\"}", "null"), content("a"), FINISH, DONE)))
                .isEqualTo(answer(COMPLETED, 1));
    }

    @Test
    void reasoningAndToolCallsAreContent() {
        assertThat(read(stream(
                        chunk("{\"reasoning_content\":\"hm\"}", "null"),
                        chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\"}}]}", "null"),
                        event("{\"choices\":[{\"text\":\"a\",\"finish_reason\":\"stop\"}]}"),
                        DONE)))
                .isEqualTo(answer(COMPLETED, 3));
    }

    @Test
    void usageAfterTheTokensIsUsed() {
        Read read = read(stream(
                content("a"),
                FINISH,
                event("{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":3}}}"),
                DONE));
        assertThat(read.outcome()).isEqualTo(COMPLETED);
        assertThat(read.tokens())
                .isEqualTo(new TokenCounts(OptionalInt.of(9), OptionalInt.of(3), 5, TokenSource.USAGE));
        assertThat(read.eventTokens()).containsExactly(0);
    }

    @Test
    void continuousUsageTellsTheTokensOfEachEvent() {
        Read read = read(stream(content("a", 1), content("b c", 3), content("", 3), content("d", 4), FINISH, DONE));
        assertThat(read.eventTokens()).containsExactly(1, 2, 1);
        assertThat(read.tokens()).isEqualTo(usage(4));
    }

    @Test
    void usageThatComesOnlyWithTheLastContentTellsNothingOfThatEvent() {
        assertThat(read(stream(content("a"), content("b c d", 4), FINISH, DONE)).eventTokens()).containsExactly(0, 0);
    }

    @Test
    void anAnswerWithoutContentIsEmptyAndSaysWhy() {
        assertThat(read(stream(USAGE, DONE)).outcome()).isEqualTo(new Outcome.Empty("usage only, no choices"));
        assertThat(read(stream(USAGE)).outcome()).isEqualTo(new Outcome.Empty("usage only, no choices"));
        assertThat(read(stream(ROLE, FINISH, DONE)).outcome()).isEqualTo(new Outcome.Empty("no content in any choice"));
        assertThat(read(stream(DONE)).outcome()).isEqualTo(new Outcome.Empty("no choices"));
        assertThat(read(stream(": ping\n\n")).outcome()).isEqualTo(new Outcome.Empty("no events"));
    }

    @Test
    void aBodyThatEndsWithTheConnectionIsRead() {
        String head = "HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
        assertThat(read(head + content("a") + FINISH + DONE)).isEqualTo(answer(COMPLETED, 1));
        assertThat(read(head + content("a") + "data: [DONE]")).isEqualTo(answer(COMPLETED, 1));
        assertThat(read(head + content("a") + "data: {\"choi")).isEqualTo(answer(new Outcome.Truncated(), 1));
    }

    @Test
    void refusalsKeepTheReason() {
        String body = "{\"error\":{\"message\":\"queue is full\",\"type\":\"rate_limit_error\",\"code\":429}}";
        assertThat(read(whole(429, "application/json", body)).outcome())
                .isEqualTo(new Outcome.Rejected(429, "queue is full (rate_limit_error)"));
        assertThat(read(whole(503, "text/plain", "no healthy\nupstream")).outcome())
                .isEqualTo(new Outcome.Rejected(503, "no healthy upstream"));
        assertThat(read(whole(422, "application/json", "{\"detail\":\"max_tokens\"}")).outcome())
                .isEqualTo(new Outcome.HttpError(422, "max_tokens"));
        assertThat(read(whole(500, "text/html", "")).outcome()).isEqualTo(new Outcome.HttpError(500, "no message"));
        assertThat(read("HTTP/1.1 502 Bad\r\nContent-Length: 90\r\n\r\ncut short").outcome())
                .isEqualTo(new Outcome.HttpError(502, "cut short"));
    }

    @Test
    void errorBodiesMayBeLong() {
        byte[] response = whole(500, "text/plain", "x".repeat(100_000)).getBytes(UTF_8);
        Outcome outcome = read(new Cuts.Pieces(response, 3_000, 50_000)).outcome();
        assertThat(outcome).isInstanceOf(Outcome.HttpError.class);
        assertThat(((Outcome.HttpError) outcome).message()).hasSizeLessThan(600);
    }

    @Test
    void anAnswerThatIsNotStreamed() {
        String body = "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":4}}";
        Read read = read(whole(200, "application/json", body));
        assertThat(read).isEqualTo(new Read(COMPLETED, 0, List.of(), true, usage(4), 0));
        assertThat(read(whole(200, "application/json", body.replace("hi", ""))).outcome())
                .isEqualTo(new Outcome.Empty("no content in any choice"));
        assertThat(read(whole(200, "application/json", "")).outcome()).isEqualTo(new Outcome.Empty("empty body"));
        assertThat(read(whole(200, "text/html", "<html>")).outcome())
                .isEqualTo(new Outcome.StreamError("malformed JSON: <html>"));
        assertThat(read(whole(200, "application/json", "{\"error\":\"no\"}")).outcome())
                .isEqualTo(new Outcome.StreamError("no"));
    }

    @Test
    void nonsenseOnTheConnection() {
        assertThat(read("SSH-2.0-OpenSSH\r\n").outcome())
                .isEqualTo(new Outcome.ConnectionFailed("malformed HTTP response: not an HTTP/1 status line"));
        assertThat(read(HEAD + chunks(content("a")) + "zz\r\n"))
                .isEqualTo(answer(new Outcome.StreamError("malformed HTTP response: a chunk without a size"), 1));
    }

    @Test
    void chanceStreamsEndTheSameWhereverCut() {
        var chance = new SplittableRandom(5);
        String[] parts = {ROLE, content("a"), content("b", 2), FINISH, USAGE, DONE, ": c\n\n", "\r\n", "data: {}\n\n", "data: x\n\n"};
        for (int round = 0; round < 60; round++) {
            var body = new ArrayList<String>();
            for (int i = chance.nextInt(5); i >= 0; i--) {
                body.add(parts[chance.nextInt(parts.length)]);
            }
            read(HEAD + chunks(body.toArray(String[]::new)) + (chance.nextInt(4) == 0 ? "" : LAST_CHUNK));
        }
    }

    @Test
    void aReaderIsReadyForTheNextResponse() {
        var reader = new ResponseReader(false);
        byte[] cutResponse = (HEAD + "40\r\ndata: {\"choices\":[{\"del").getBytes(UTF_8);
        byte[] response = stream(content("a"), DONE).getBytes(UTF_8);
        reader.begin(0);
        reader.read(cutResponse, 0, cutResponse.length, 1);
        reader.begin(0);
        assertThat(reader.hasBegun()).isFalse();
        reader.read(response, 0, response.length, 2);
        assertThat(reader.outcome()).isEqualTo(COMPLETED);
        assertThat(reader.leavesConnectionUsable()).isTrue();
        assertThat(reader.answer().content().events()).isEqualTo(1);
    }

    @Test
    void keepsTheAnswerOnlyWhereItIsWantedAndTheServerDidNotCount() {
        assertThat(said(true, stream(ROLE + content("a") + content("b") + FINISH + DONE))).hasValue("ab");
        assertThat(said(true, stream(content("a") + FINISH + USAGE + DONE))).isEmpty();
        assertThat(said(false, stream(content("a") + FINISH + DONE))).isEmpty();
        assertThat(said(true, whole(200, "application/json", "{\"choices\":[{\"message\":{\"content\":\"all of it\"},\"finish_reason\":\"stop\"}]}"))).hasValue("all of it");
    }

    @Test
    void aWholeAnswerThatTheServerDidNotCountIsEstimated() {
        Read read = read(whole(200, "application/json", "{\"choices\":[{\"message\":{\"content\":\"nine char\"},\"finish_reason\":\"stop\"}]}"));
        assertThat(read.tokens()).isEqualTo(new TokenCounts(OptionalInt.empty(), OptionalInt.empty(), 3, TokenSource.ESTIMATE));
    }

    private static Optional<String> said(boolean wanted, String response) {
        var reader = new ResponseReader(wanted);
        byte[] bytes = response.getBytes(UTF_8);
        reader.begin(0);
        reader.read(bytes, 0, bytes.length, 1);
        reader.connectionEnded(2, "closed");
        return reader.answer().said().map(RawAnswer::text);
    }

    private static TokenCounts usage(int output) {
        return new TokenCounts(OptionalInt.of(7), OptionalInt.empty(), output, TokenSource.USAGE);
    }

    private static Read answer(Outcome outcome, int events) {
        List<Integer> unknown = java.util.Collections.nCopies(events, 0);
        return new Read(outcome, events, unknown, false, TokenCounts.ofEvents(events), 0);
    }

    private static Read read(String response) {
        return Cuts.sameWhereverCut(response.getBytes(UTF_8), ResponseReaderTest::read);
    }

    private static Read read(Cuts.Pieces pieces) {
        var reader = new ResponseReader(false);
        reader.begin(0);
        pieces.feedTo((bytes, from, to) -> {
            if (reader.outcome() == null) { // a connection reads no more once the request has ended
                reader.read(bytes, from, to, 1_000);
            }
        });
        reader.connectionEnded(2_000, "closed");
        var eventTokens = new ArrayList<Integer>();
        for (int i = 0; i < reader.answer().content().events(); i++) {
            eventTokens.add(reader.answer().content().tokensOf(i));
        }
        boolean wholeBody = reader.answer().content().events() == 0 && reader.answer().content().lastContentAtNanos().isPresent();
        return new Read(
                reader.outcome(), reader.answer().content().events(), eventTokens, wholeBody, reader.answer().tokens(), reader.comments());
    }
}
