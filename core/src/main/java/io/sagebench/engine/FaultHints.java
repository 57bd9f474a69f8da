package io.sagebench.engine;

import java.util.Optional;

/// A payload whose client asked for a fault, to see what becomes of its request.
public interface FaultHints {

    /// The faults asked for, in the words of the request's header `X-Fault`; absent without one.
    Optional<String> faultHint();
}
