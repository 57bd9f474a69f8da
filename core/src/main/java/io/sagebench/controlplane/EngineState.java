package io.sagebench.controlplane;

import java.util.Set;

/// Where an engine is in its life, as its operator and its probes say. Whether it is trusted with requests is the affair of its circuit breaker.
public enum EngineState {
    /// Known, but has not yet said that it can take requests. Gets none.
    STARTING,
    /// Takes requests.
    READY,
    /// Gets no more requests; what runs there may end.
    DRAINING,
    /// Idle after draining. Gets nothing until it is enabled.
    STOPPED,
    /// Does not answer its probes. Gets nothing until it does.
    ERROR;

    /// Whether this state may follow directly. ERROR and DRAINING are left through STARTING, since nothing is known of the
    /// engine until its next good probe: a draining one is not probed, and so does not get to ERROR either.
    public boolean mayBecome(EngineState next) {
        return successors().contains(next);
    }

    private Set<EngineState> successors() {
        return switch (this) {
            case STARTING -> Set.of(READY, DRAINING, ERROR);
            case READY -> Set.of(DRAINING, ERROR);
            case DRAINING -> Set.of(STARTING, STOPPED);
            case STOPPED -> Set.of(STARTING);
            case ERROR -> Set.of(STARTING, DRAINING);
        };
    }
}
