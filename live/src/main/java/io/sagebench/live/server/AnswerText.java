package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;

/// What an answer says, token by token.
interface AnswerText {
    /// Common words.
    AnswerText WORDS = new AnswerText() {
        @Override
        public byte[] token(int index) {
            return Words.bytes(index);
        }

        @Override
        public int tokens() {
            return Integer.MAX_VALUE;
        }

        @Override
        public String first(int count) {
            var text = new StringBuilder(count * Words.BYTES);
            for (int i = 0; i < count; i++) {
                text.append(Words.text(i));
            }
            return text.toString();
        }
    };

    /// The text of token `index`, counted from 0, as it stands within a JSON string. Not to be changed.
    byte[] token(int index);

    /// How many tokens there are to say before it begins again; at least 1.
    int tokens();

    /// Repeats a text, four characters a token.
    static AnswerText repeating(String text) {
        return new Echo(text);
    }

    /// Writes `count` tokens from `from` on.
    default void write(ByteBuf to, int from, int count) {
        for (int i = from; i < from + count; i++) {
            to.writeBytes(token(i));
        }
    }

    /// The first `count` tokens.
    default String first(int count) {
        var text = new StringBuilder(count * Words.BYTES);
        for (int i = 0; i < count; i++) {
            text.append(new String(token(i), UTF_8));
        }
        return text.toString();
    }
}
