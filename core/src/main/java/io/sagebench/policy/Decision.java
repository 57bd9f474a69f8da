package io.sagebench.policy;

import io.sagebench.engine.EngineId;
import java.util.List;

/// What a policy wants done next.
public sealed interface Decision {

    /// Send that waiting request to that engine, which must be one that can take it.
    record Dispatch(Waiting request, EngineId engine) implements Decision {}

    /// Send these waiting embedding requests, which have model and form in common, to that engine by one call.
    ///
    /// @param requests at least one; the engine must be able to take them all
    record DispatchTogether(List<Waiting> requests, EngineId engine) implements Decision {
        public DispatchTogether {
            requests = List.copyOf(requests);
        }
    }

    /// Give up on a waiting request: its client gets a rejection with this reason.
    record Reject(Waiting request, String reason) implements Decision {}

    /// Take a request that has sent no token yet back from its engine: [Policy#ended] is told so, and it waits again, and arrives anew with its old sequence
    /// number. When some of its answer turns out to have reached its client already, it stays, and [PoolView#preemptible] names it no more.
    record Preempt(InFlight request) implements Decision {}

    /// Nothing for now. Asked again at the next event, and at `untilNanos` at the latest.
    ///
    /// @param untilNanos when time alone changes the decision; [Long#MAX_VALUE] when it does not
    record Hold(long untilNanos) implements Decision {
        /// Nothing until something happens.
        public static final Hold UNTIL_AN_EVENT = new Hold(Long.MAX_VALUE);
    }
}
