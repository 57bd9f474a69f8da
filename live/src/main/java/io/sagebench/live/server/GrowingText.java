package io.sagebench.live.server;

import java.util.ArrayList;
import java.util.List;

/// What a model says, as it comes. Belongs to the connection's event loop.
final class GrowingText implements AnswerText {
    private static final byte[] NOTHING = {};

    private final List<byte[]> said = new ArrayList<>();

    /// Further tokens have come.
    ///
    /// @param count how many; 0 for text that was held back
    /// @param text  what all of them add
    void add(int count, String text) {
        said.add(text.isEmpty() ? NOTHING : Json.withinQuotes(text));
        for (int i = 1; i < count; i++) {
            said.add(NOTHING);
        }
    }

    @Override
    public byte[] token(int index) {
        return said.get(index);
    }

    /// Pieces that have come: a piece of text for each token, and one for what was held back.
    @Override
    public int tokens() {
        return said.size();
    }
}
