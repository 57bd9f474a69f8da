package io.sagebench.policy.placement;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.List;

/// Chooses the engine for a request.
public interface Placement {

    /// One of `candidates`, each of which can take the request now.
    ///
    /// @param candidates not empty, in a fixed order
    EngineView choose(Waiting request, List<EngineView> candidates, PoolView pool);
}
