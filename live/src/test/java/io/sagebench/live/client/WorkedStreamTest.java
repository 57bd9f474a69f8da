package io.sagebench.live.client;

import static io.sagebench.live.client.Sse.content;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.journal.RequestRecord;
import org.junit.jupiter.api.Test;

/// One stream with times worked out by hand; other tools make other numbers of it.
///
/// Intended at 0, sent at 10 ms; an empty role chunk at 100, "A" at 200, "B C" (two tokens) at 260, "D" at 300, the finish reason at 301,
/// usage of 4 tokens at 302 and `[DONE]` at 310 ms.
class WorkedStreamTest {
    private static final long MS = 1_000_000;

    @Test
    void givesOurNumbers() {
        var reader = new ResponseReader(false);
        reader.begin(0);
        read(reader, 100, Sse.HEAD + Sse.chunks(Sse.ROLE));
        read(reader, 200, Sse.chunks(content("A")));
        read(reader, 260, Sse.chunks(content("B C")));
        read(reader, 300, Sse.chunks(content("D")));
        read(reader, 301, Sse.chunks(Sse.FINISH));
        read(reader, 302, Sse.chunks(Sse.USAGE));
        read(reader, 310, Sse.chunks(Sse.DONE) + Sse.LAST_CHUNK);

        RequestRecord ended = Requests.ended(Requests.plannedAt(0), 10 * MS, reader, 310 * MS);
        assertThat(ended.isCompleted()).isTrue();
        assertThat(ended.ttftNanos()).hasValue(200 * MS);
        assertThat(ended.ttftSinceSentNanos()).hasValue(190 * MS);
        assertThat(ended.endToEndNanos()).hasValue(300 * MS);
        assertThat(ended.endToEndSinceSentNanos()).hasValue(290 * MS);
        assertThat(ended.sendLagNanos()).hasValue(10 * MS);
        assertThat(ended.tokens().output()).isEqualTo(4);
        assertThat(ended.content().firstChunkAtNanos()).as("the role, for tools that start their clock there").hasValue(100 * MS);
        assertThat(ended.content().lastChunkAtNanos()).as("the finish reason").hasValue(301 * MS);
        assertThat(ended.tpotNanos().orElseThrow()).isCloseTo(100 * MS / 3.0, within(1.0));
        assertThat(ended.content().eventAtNanos(1) - ended.content().eventAtNanos(0)).isEqualTo(60 * MS);
        assertThat(ended.content().eventAtNanos(2) - ended.content().eventAtNanos(1)).isEqualTo(40 * MS);
    }

    private static void read(ResponseReader reader, long atMillis, String bytes) {
        byte[] window = bytes.getBytes(UTF_8);
        reader.read(window, 0, window.length, atMillis * MS);
    }
}
