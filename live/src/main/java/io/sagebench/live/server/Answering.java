package io.sagebench.live.server;

import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import io.sagebench.live.server.metrics.FinishReason;

/// Writes the response to a request whose jobs an engine does. Belongs to the connection's event loop. What comes after the end is dropped.
interface Answering {

    /// Whether tokens are written as they come; otherwise they are not told.
    boolean isStreamed();

    /// Tokens of a job have come.
    void tokens(int job, int count);

    /// Tokens of a job have come with what they say. Told whether or not they are written as they come.
    ///
    /// @param text what they add to the answer's text; empty while a character, or what may be a stop, is incomplete
    default void said(int job, int count, String text) {
        throw new IllegalStateException("the words of these answers are made up");
    }

    /// The vector of a text to embed has come.
    default void embedded(int job, float[] vector) {
        throw new IllegalStateException("the vectors of these answers are made up");
    }

    /// A job is done.
    void finished(int job, EngineResult result, FinishReason reason);

    /// There is no answer, or no more of it.
    void failed(EngineFailure failure);

    /// The request is refused before its work began.
    void refused(ApiError error);
}
