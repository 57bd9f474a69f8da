package io.sagebench.live.client;

import io.sagebench.request.RequestId;

/// Takes the answers whose tokens their servers did not count. Called on event loops, right before the request's record is posted; must not take long.
@FunctionalInterface
public interface AnswerTexts {

    /// Takes one.
    void keep(RequestId id, RawAnswer answer);
}
