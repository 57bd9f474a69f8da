package io.sagebench.controlplane;

import io.sagebench.engine.Ask;
import io.sagebench.engine.Payload;
import io.sagebench.request.Caller;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import java.util.OptionalInt;

/// A request as a client hands it to the control plane.
///
/// @param id                    the caller's id, which no other request that is queued or running may have
/// @param ask                   what it asks for
/// @param priority              how urgent
/// @param serviceLevel          what it is promised, counted from its arrival here
/// @param caller                who asks
/// @param announcedOutputTokens how long the answer will be, when the caller knows (`X-Predicted-Output-Tokens`)
/// @param payload               what the live side attached
public record Submission(
        RequestId id,
        Ask ask,
        Priority priority,
        ServiceLevel serviceLevel,
        Caller caller,
        OptionalInt announcedOutputTokens,
        Payload payload) {}
