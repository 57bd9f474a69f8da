package io.sagebench.journal;

import java.util.OptionalLong;

/// When the content of one response came.
///
/// A *content event* is a piece of the response that brought content, reasoning or tool-call text; an empty or role-only piece is none.
public sealed interface ContentTimes permits ContentEvents, ContentTicks {

    /// How many content events came.
    int events();

    /// When the content event `index` came.
    long eventAtNanos(int index);

    /// How many tokens the content event `index` brought: 0 when the server did not say.
    int tokensOf(int index);

    /// When the first token came. Absent when none did, or the response was not streamed.
    OptionalLong firstTokenAtNanos();

    /// When the last content came, streamed or whole. Absent when none did.
    OptionalLong lastContentAtNanos();

    /// When the first piece of the stream that belongs to the answer came, even one that brought only the role. Absent when nobody noted it.
    default OptionalLong firstChunkAtNanos() {
        return OptionalLong.empty();
    }

    /// When the last such piece came, even one that brought only the reason for the end. Absent when nobody noted it.
    default OptionalLong lastChunkAtNanos() {
        return OptionalLong.empty();
    }
}
