package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/// What simulated engines say: a space and a common word of three letters for each token, so that four characters make a token.
final class Words {
    /// Bytes of one token's text.
    static final int BYTES = 4;

    private static final String[] TEXTS = {
        " the", " and", " for", " are", " but", " not", " you", " all", " any", " can", " her", " was", " one", " our",
        " out", " day", " get", " has", " him", " his", " how", " man", " new", " now", " old", " see", " two", " way",
        " who", " boy", " did", " its"
    };
    private static final byte[][] ENCODED =
            Arrays.stream(TEXTS).map(text -> text.getBytes(US_ASCII)).toArray(byte[][]::new);

    private Words() {}

    /// The text of token `index` of an answer; at least 0.
    static String text(int index) {
        return TEXTS[index % TEXTS.length];
    }

    /// The same in ASCII. Not to be changed.
    static byte[] bytes(int index) {
        return ENCODED[index % ENCODED.length];
    }
}
