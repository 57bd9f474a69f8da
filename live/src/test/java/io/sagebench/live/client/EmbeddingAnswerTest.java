package io.sagebench.live.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.journal.Vectors;
import io.sagebench.live.wire.Cuts;
import io.sagebench.request.Outcome;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Answers to requests for embeddings, each read whole, cut at every byte, and byte by byte.
class EmbeddingAnswerTest {
    private static final String TWO = "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"embedding\":[0.1,-2e-3,3],\"index\":0},"
            + "{\"index\":1,\"embedding\":[1,2,3],\"object\":\"embedding\"}],\"model\":\"m\",\"usage\":{\"prompt_tokens\":9,\"total_tokens\":9}}";

    private record Read(Outcome outcome, Optional<Vectors> vectors, OptionalLong bodyAtNanos, OptionalInt promptTokens) {}

    @Test
    void isCompleteWithAVectorForEachTextAtTheLastByte() {
        Read read = read(200, TWO, 2);
        assertThat(read.outcome()).isEqualTo(new Outcome.Completed());
        assertThat(read.vectors()).hasValue(new Vectors(2, OptionalInt.of(3)));
        assertThat(read.bodyAtNanos()).hasValue(1_000);
        assertThat(read.promptTokens()).hasValue(9);
    }

    @Test
    void encodedVectorsHaveNoLengthThatCouldBeSeen() {
        Read read = read(200, "{\"data\":[{\"embedding\":\"zczMPQ==\"}]}", 1);
        assertThat(read.outcome()).isEqualTo(new Outcome.Completed());
        assertThat(read.vectors()).hasValue(new Vectors(1, OptionalInt.empty()));
        assertThat(read.promptTokens()).isEmpty();
    }

    @Test
    void tooFewVectorsAreAnErrorInside200() {
        assertThat(read(200, TWO, 3).outcome()).isEqualTo(new Outcome.StreamError("2 vectors for 3 texts"));
    }

    @Test
    void noVectorsAreNoAnswer() {
        assertThat(read(200, "{\"data\":[]}", 1).outcome()).isEqualTo(new Outcome.Empty("no vectors"));
        assertThat(read(200, "{\"data\":[{\"embedding\":[]}]}", 1).outcome()).isEqualTo(new Outcome.Empty("no vectors"));
        assertThat(read(200, "{}", 1).outcome()).isEqualTo(new Outcome.Empty("no vectors"));
        assertThat(read(200, "{}", 1).bodyAtNanos()).isEmpty();
    }

    @Test
    void errorsAndNonsenseAreToldApart() {
        assertThat(read(200, "{\"error\":{\"message\":\"too long\"}}", 1).outcome()).isEqualTo(new Outcome.StreamError("too long"));
        assertThat(read(200, "[1]", 1).outcome()).isInstanceOfSatisfying(Outcome.StreamError.class, error ->
                assertThat(error.message()).startsWith("malformed JSON"));
        assertThat(read(400, "{\"error\":{\"message\":\"too long\"}}", 1).outcome()).isEqualTo(new Outcome.HttpError(400, "too long"));
        assertThat(read(503, "{\"error\":{\"message\":\"full\"}}", 1).outcome()).isEqualTo(new Outcome.Rejected(503, "full"));
    }

    private static Read read(int status, String body, int texts) {
        String response = "HTTP/1.1 " + status + " OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        return Cuts.sameWhereverCut(response.getBytes(UTF_8), pieces -> {
            var reader = new ResponseReader(false);
            reader.begin(texts);
            pieces.feedTo((bytes, from, to) -> {
                if (reader.outcome() == null) {
                    reader.read(bytes, from, to, 1_000);
                }
            });
            var answer = reader.answer();
            return new Read(answer.outcome(), answer.vectors(), answer.content().lastContentAtNanos(), answer.tokens().prompt());
        });
    }
}
