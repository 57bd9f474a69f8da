package io.sagebench.engine;

import io.sagebench.time.TickSpan;
import java.util.List;

/// What an engine reports of one job, in order, on the timeline.
public interface EngineEvents {

    /// Output tokens have come; the first call brings the first token.
    ///
    /// @param count how many, at least 1
    void tokens(int count);

    /// Whether [#tokens] must be called for each token as it comes. Where no listener of a simulated engine insists, it takes many steps at
    /// once, and may tell of a job's first token only, and of all of them by [#tokensAt] in the end.
    default boolean wantsEachToken() {
        return true;
    }

    /// Sums up when the job's tokens came, one at each tick, those included that [#tokens] told of. Only to listeners that do not want each
    /// token: at most once, right before the end, or from within [EngineWork#cancel].
    default void tokensAt(List<TickSpan> ticks) {
        throw new IllegalStateException("wants each token as it comes");
    }

    /// The job is done.
    void finished(EngineResult result);

    /// The job ended without a complete answer.
    void failed(EngineFailure failure);
}
