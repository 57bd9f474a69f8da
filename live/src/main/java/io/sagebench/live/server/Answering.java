package io.sagebench.live.server;

import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;

/// Writes the response to a request whose jobs an engine does. Belongs to the connection's event loop. What comes after the end is dropped.
interface Answering {

    /// Whether tokens are written as they come; otherwise they are not told.
    boolean isStreamed();

    /// Tokens of a job have come.
    void tokens(int job, int count);

    /// A job is done.
    void finished(int job, EngineResult result);

    /// There is no answer, or no more of it.
    void failed(EngineFailure failure);

    /// The request is refused before its work began.
    void refused(ApiError error);
}
