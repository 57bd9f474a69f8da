package io.sagebench.live.server;

import io.sagebench.request.TextTokens;
import java.util.stream.IntStream;

/// A text over and over, four characters a token, or five where both halves of a character belong together.
final class Echo implements AnswerText {
    private static final byte[] NOTHING = {};

    private final String text;
    private final int[] starts;

    Echo(String text) {
        this.text = text;
        this.starts = IntStream.iterate(0, at -> at < text.length(), at -> endOfToken(text, at)).toArray();
    }

    @Override
    public byte[] token(int index) {
        if (starts.length == 0) {
            return NOTHING;
        }
        int start = starts[index % starts.length];
        return Json.withinQuotes(text.substring(start, endOfToken(text, start)));
    }

    @Override
    public int tokens() {
        return Math.max(1, starts.length);
    }

    private static int endOfToken(String text, int start) {
        int end = Math.min(start + TextTokens.CHARACTERS_PER_TOKEN, text.length());
        return end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? end + 1 : end;
    }
}
