package io.sagebench.policy;

import io.sagebench.engine.EngineId;
import java.util.List;

/// The engines as a policy sees them while it decides: what is reserved on each, and what a request would get there. Valid during one call
/// of [Policy#next].
public interface PoolView {

    /// Now, in nanoseconds since the run began.
    long nowNanos();

    /// Whether any engine of this lane can take one more request of the smallest size. When not, no request of the lane can be dispatched now.
    boolean hasRoomFor(Lane lane);

    /// The engines that can take this request now, in a fixed order: those with its model, alive, not among those it is kept from, below their limits, whose context and
    /// free cache fit it. The list is reused by the next call.
    List<EngineView> candidatesFor(Waiting request);

    /// The engines in service, in a fixed order: those that are ready and trusted. It differs from one decision to the next when engines come,
    /// leave, fail or recover.
    List<EngineView> engines();

    /// Whether an engine is registered, in service or not: one that is not will not come back as it was.
    boolean knows(EngineId engine);

    /// Predicted time from now to the first token of `request` on `engine`: what is queued there, and its own prefill. In nanoseconds.
    long predictedTtftNanos(Waiting request, EngineView engine);

    /// Predicted time per output token of `request` on `engine` once it decodes there, in nanoseconds.
    long predictedTpotNanos(Waiting request, EngineView engine);

    /// Requests in flight that have sent no token yet and may be taken back, newest first.
    List<InFlight> preemptible();
}
