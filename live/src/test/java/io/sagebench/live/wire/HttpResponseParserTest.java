package io.sagebench.live.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.journal.ServedBy;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseParserTest {
    private record Read(
            int status, String body, boolean complete, boolean keepAlive, int unread, @Nullable String problem) {}

    @Test
    void readsABodyOfStatedLength() {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"))
                .isEqualTo(new Read(200, "hello", true, true, 0, null));
    }

    @Test
    void readsChunksWithExtensionsAndTrailers() {
        assertThat(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;name=\"v;\"\r\nhello\r\n1 \r\n,\r\n0B\r\n wide\r\nworl\r\n0;last\r\nX-Trailer: 1\r\nY: 2\r\n\r\n"))
                .isEqualTo(new Read(200, "hello, wide\r\nworl", true, true, 0, null));
    }

    @Test
    void aBodyWithoutLengthEndsWithTheConnection() {
        assertThat(read("HTTP/1.1 200 OK\r\n\r\nhello")).isEqualTo(new Read(200, "hello", true, true, 0, null));
    }

    @Test
    void interimResponsesAreSkipped() {
        assertThat(read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok"))
                .isEqualTo(new Read(201, "ok", true, true, 0, null));
    }

    @Test
    void lineFeedsAloneAndStrayLineEndsWillDo() {
        assertThat(read("\r\n\nHTTP/1.1 200 OK\nContent-Length:2\n\nok")).isEqualTo(new Read(200, "ok", true, true, 0, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n", "HTTP/1.1 200\r\ncontent-length: 0\r\n\r\n"})
    void someResponsesHaveNoBody(String response) {
        Read read = read(response);
        assertThat(read.complete()).isTrue();
        assertThat(read.body()).isEmpty();
    }

    @Test
    void theConnectionStaysOpenUnlessToldOtherwise() {
        assertThat(read("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n").keepAlive()).isFalse();
        assertThat(read("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n").keepAlive()).isFalse();
        assertThat(read("HTTP/1.0 200 OK\r\nconnection: keep-alive\r\nContent-Length: 0\r\n\r\n").keepAlive()).isTrue();
    }

    @Test
    void whatFollowsAResponseIsLeftUnread() {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1").unread()).isEqualTo(8);
    }

    @Test
    void aCutBodyIsNotComplete() {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello").complete()).isFalse();
        assertThat(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n").complete()).isFalse();
        assertThat(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n").complete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/2 200 OK\r\n",
        "HTTP/1.1 2x0 OK\r\n\r\n",
        "HTTP/1.1 099 Low\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n",
    })
    void nonsenseIsToldAsSuch(String response) {
        assertThat(read(response).problem()).isNotNull();
    }

    @Test
    void aLineWithoutEndIsToldAsSuch() {
        var parser = new HttpResponseParser(new Collecting());
        byte[] line = ("HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000)).getBytes(ISO_8859_1);
        parser.feed(line, 0, line.length);
        assertThat(parser.problem()).contains("longer than");
    }

    @Test
    void readsWhatAControlPlaneSaysOfItself() {
        assertThat(servedBy("X-Instance-Id: a100-0\r\nx-policy: slo_aware\r\nX-POLICY-EPOCH: 3\r\nX-Queue-Ms: 1.25\r\n"))
                .isEqualTo(new ServedBy("a100-0", "slo_aware", OptionalLong.of(3), OptionalLong.of(1_250_000)));
        assertThat(servedBy("X-Instance-Id:b\r\nX-Queue-Ms: soon\r\nX-Policy-Epoch: first\r\n"))
                .isEqualTo(new ServedBy("b", "", OptionalLong.empty(), OptionalLong.empty()));
    }

    @Test
    void chanceBytesNeverBreakTheParser() {
        var chance = new SplittableRandom(11);
        String[] parts = {"HTTP/1.1 200 OK", "\r\n", "\n", "Content-Length: 3", "Transfer-Encoding: chunked", "3\r\nabc\r\n", "0\r\n\r\n", "abc", ":", ";", "7", "\r\n\r\n"};
        for (int round = 0; round < 300; round++) {
            var response = new StringBuilder(chance.nextBoolean() ? "HTTP/1.1 200 OK\r\n" : "");
            for (int i = chance.nextInt(10); i >= 0; i--) {
                response.append(parts[chance.nextInt(parts.length)]);
            }
            read(response.toString());
        }
    }

    private static ServedBy servedBy(String headers) {
        byte[] response = ("HTTP/1.1 200 OK\r\n" + headers + "Content-Length: 0\r\n\r\n").getBytes(ISO_8859_1);
        return Cuts.sameWhereverCut(response, pieces -> {
            var collecting = new Collecting();
            var parser = new HttpResponseParser(collecting);
            pieces.feedTo(parser::feed);
            return collecting.head().servedBy().orElseThrow();
        });
    }

    private static Read read(String response) {
        return Cuts.sameWhereverCut(response.getBytes(ISO_8859_1), pieces -> {
            var collecting = new Collecting();
            var parser = new HttpResponseParser(collecting);
            var unread = new int[1];
            pieces.feedTo((bytes, from, to) -> unread[0] += to - parser.feed(bytes, from, to));
            parser.connectionClosed();
            boolean broken = parser.problem() != null;
            return new Read(
                    collecting.head == null ? 0 : collecting.head().status(),
                    collecting.body.toString(),
                    parser.isComplete(),
                    collecting.head != null && collecting.head().isKeepAlive(),
                    broken ? 0 : unread[0],
                    parser.problem());
        });
    }

    private static final class Collecting implements HttpResponseParser.Listener {
        private final StringBuilder body = new StringBuilder();
        private @Nullable ResponseHead head;

        ResponseHead head() {
            ResponseHead known = head;
            if (known == null) {
                throw new AssertionError("no head came");
            }
            return known;
        }

        @Override
        public void head(ResponseHead newHead) {
            head = newHead;
        }

        @Override
        public void body(byte[] bytes, int from, int to) {
            body.append(new String(bytes, from, to - from, ISO_8859_1));
        }

        @Override
        public void complete() {}
    }
}
