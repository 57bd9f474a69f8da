package io.sagebench.engine;

import java.util.OptionalLong;

/// A job that an engine has begun.
public interface EngineWork {

    /// Stops the job and frees what it holds; no event of it follows, but [EngineEvents#tokensAt] may come from within. Harmless when it has
    /// ended.
    void cancel();

    /// Output tokens that have come by now without [EngineEvents#tokens] having told of them.
    default int untoldTokens() {
        return 0;
    }

    /// When the last of the untold tokens came, in nanoseconds; absent when there is none.
    default OptionalLong lastUntoldAtNanos() {
        return OptionalLong.empty();
    }
}
