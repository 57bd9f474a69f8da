package io.sagebench.controlplane;

import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;

/// What the submitter of a request hears of it, in order, on the timeline: [#refused], or [#dispatched] and later one of [#finished] and
/// [#failed]. A cancelled request is heard of no more. A preempted request is dispatched again.
public interface SubmissionEvents {

    /// It will not run.
    void refused(Refusal refusal);

    /// It goes to an engine, right after this call.
    void dispatched(DispatchedTo where);

    /// Output tokens have come; the first call brings the first token.
    void tokens(int count);

    /// It is done.
    void finished(EngineResult result);

    /// Its engine gave no complete answer.
    void failed(EngineFailure failure);
}
