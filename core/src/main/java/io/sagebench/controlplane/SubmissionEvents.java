package io.sagebench.controlplane;

import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import io.sagebench.time.TickSpan;
import java.util.List;

/// What the submitter of a request hears of it, in order, on the timeline: [#refused], or [#dispatched] and later one of [#finished] and
/// [#failed]. A cancelled request is heard of no more. A request that is preempted, or that its engine failed, may be dispatched again, and
/// may also be refused then; its tokens begin anew.
public interface SubmissionEvents {

    /// It will not run.
    void refused(Refusal refusal);

    /// It goes to an engine, right after this call.
    void dispatched(DispatchedTo where);

    /// Output tokens have come; the first call brings the first token.
    void tokens(int count);

    /// Whether [#tokens] must be called for each token as it comes, see [io.sagebench.engine.EngineEvents#wantsEachToken].
    default boolean wantsEachToken() {
        return true;
    }

    /// Whether anything of the answer has reached the client, so that it cannot begin anew on another engine.
    ///
    /// @param tokensTold how many tokens [#tokens] has told of since it was dispatched last
    default boolean answerHasBegun(int tokensTold) {
        return tokensTold > 0;
    }

    /// Whether the answer is told as it is made, not as a whole when it is complete. Silence then means that the engine makes no progress.
    default boolean answerComesInParts() {
        return true;
    }

    /// Sums up when its tokens came, see [io.sagebench.engine.EngineEvents#tokensAt]; also from within [ControlPlane#cancel].
    default void tokensAt(List<TickSpan> ticks) {
        throw new IllegalStateException("wants each token as it comes");
    }

    /// It is done.
    void finished(EngineResult result);

    /// Its engine gave no complete answer.
    void failed(EngineFailure failure);
}
