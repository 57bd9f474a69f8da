package io.sagebench.live.server;

import io.sagebench.engine.EngineResult;

/// Writes what an engine says that counts only: a simulated one. Belongs to the connection's event loop.
interface MadeAnswer {

    /// The next tokens have come.
    void tokens(int count);

    /// The answer is complete.
    void finish(EngineResult result);

    /// Whether it goes out in parts, so that it can end early.
    boolean isStreamed();

    /// Ends a stream before its end.
    void endEarly();
}
