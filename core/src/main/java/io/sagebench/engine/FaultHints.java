package io.sagebench.engine;

import java.util.Optional;

/// A payload through which a client asks an engine that injects faults for a certain one.
public interface FaultHints extends Payload {

    /// The value of the request's `X-Fault` header, without the blanks around it; empty when it is absent or blank. Safe for use by any thread.
    Optional<String> faultHint();
}
