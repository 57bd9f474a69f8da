package io.sagebench.live.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {
    private record Read(List<String> events, long comments, long otherLines) {}

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void linesEndWithLineFeedCarriageReturnOrBoth(String end) {
        assertThat(read("data: one" + end + end + "data: two" + end + end).events()).containsExactly("one", "two");
    }

    @Test
    void lineEndsMayBeMixed() {
        assertThat(read("data: a\r\n\ndata: b\n\r\ndata: c\r\rdata: d\n\n").events()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void theSpaceAfterTheColonIsOptionalAndOnlyOneIsTaken() {
        assertThat(read("data:no space\n\ndata: one space\n\ndata:  two spaces\n\n").events())
                .containsExactly("no space", "one space", " two spaces");
    }

    @Test
    void severalDataLinesAreJoinedByLineFeeds() {
        assertThat(read("data: {\"a\":\ndata:1,\r\ndata: \"b\":2}\n\n").events()).containsExactly("{\"a\":\n1,\n\"b\":2}");
    }

    @Test
    void emptyDataLinesCountInsideAnEventButMakeNone() {
        assertThat(read("data:\n\ndata\n\ndata: a\ndata\ndata: b\n\n").events()).containsExactly("a\n\nb");
    }

    @Test
    void commentsAndOtherFieldsAreCountedAndSkipped() {
        assertThat(read(": ping\n\nevent: message\nid: 7\ndata: a\n: inside\nretry: 5\n\ndatabase: no\n\n"))
                .isEqualTo(new Read(List.of("a"), 2, 4));
    }

    @Test
    void aByteOrderMarkAtTheBeginningIsSkipped() {
        assertThat(read("\uFEFFdata: a\n\ndata: \uFEFFb\n\n").events()).containsExactly("a", "\uFEFFb");
    }

    @Test
    void halfAByteOrderMarkBelongsToTheFirstLine() {
        byte[] stream = "??data: a\n\ndata: b\n\n".getBytes(UTF_8);
        stream[0] = (byte) 0xEF;
        stream[1] = (byte) 0xBB;
        assertThat(read(stream)).isEqualTo(new Read(List.of("b"), 0, 1));
    }

    @Test
    void charactersOfTwoToFourBytesMayBeCutAnywhere() {
        assertThat(read("data: é ß\n\ndata: 漢字かな\n\ndata: 😀🏴\n\n").events()).containsExactly("é ß", "漢字かな", "😀🏴");
    }

    @Test
    void unicodeLineSeparatorsEndNothing() {
        assertThat(read("data: a\u2028b\u2029c\u0085d\u000Be\fz\n\n").events())
                .containsExactly("a\u2028b\u2029c\u0085d\u000Be\fz");
    }

    @Test
    void anEventThatWantsOnlyItsLineEndsComesAtTheEnd() {
        assertThat(read("data: a\n\ndata: b").events()).containsExactly("a", "b");
        assertThat(read("data: a\n\ndata: b\r\n").events()).containsExactly("a", "b");
    }

    @Test
    void eventsMayBeHuge() {
        String huge = "x".repeat(300_000);
        var events = new ArrayList<String>();
        var parser = parser(events, 1_000_000);
        var stream = new Cuts.Pieces(("data: " + huge + "\n\ndata: small\n\n").getBytes(UTF_8), 100, 65_536, 200_000);
        stream.feedTo(parser::feed);
        assertThat(events).containsExactly(huge, "small");
    }

    @Test
    void anEventLargerThanAllowedEndsTheReading() {
        var events = new ArrayList<String>();
        var parser = parser(events, 1_000);
        new Cuts.Pieces(("data: " + "x".repeat(5_000) + "\n\ndata: small\n\n").getBytes(UTF_8), 2_000).feedTo(parser::feed);
        assertThat(parser.isOversized()).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void aParserIsReadyForTheNextStream() {
        var events = new ArrayList<String>();
        var parser = parser(events, 1_000);
        byte[] cutStream = "\uFEFF: c\ndata: lost\ndata: lo".getBytes(UTF_8);
        parser.feed(cutStream, 0, cutStream.length);
        parser.begin();
        byte[] next = "data: next\n\n".getBytes(UTF_8);
        parser.feed(next, 0, next.length);
        assertThat(events).containsExactly("next");
        assertThat(parser.comments()).isZero();
    }

    @Test
    void chanceStreamsReadTheSameWhereverCut() {
        var chance = new SplittableRandom(42);
        String[] parts = {"data", "data:", "data: ", ":", " ", "\n", "\r", "\r\n", "\n\n", "é", "\u2028", "x", "event: e", "{\"a\":1}", "[DONE]"};
        for (int round = 0; round < 300; round++) {
            var stream = new StringBuilder();
            for (int i = chance.nextInt(25); i >= 0; i--) {
                stream.append(parts[chance.nextInt(parts.length)]);
            }
            read(stream.toString());
        }
    }

    private static Read read(String stream) {
        return read(stream.getBytes(UTF_8));
    }

    private static Read read(byte[] stream) {
        return Cuts.sameWhereverCut(stream, pieces -> {
            var events = new ArrayList<String>();
            var parser = parser(events, 1_000_000);
            pieces.feedTo(parser::feed);
            parser.finish();
            return new Read(List.copyOf(events), parser.comments(), parser.otherLines());
        });
    }

    private static SseParser parser(List<String> events, int largest) {
        return new SseParser((bytes, from, to) -> events.add(new String(bytes, from, to - from, UTF_8)), largest);
    }
}
