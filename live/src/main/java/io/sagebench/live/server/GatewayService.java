package io.sagebench.live.server;

import io.sagebench.controlplane.Submission;
import io.sagebench.controlplane.SubmissionEvents;

/// Who answers requests behind a front end: a control plane. Called on the timeline.
@FunctionalInterface
interface GatewayService {

    /// Takes a request in, or refuses it. Events follow on the timeline, possibly before this method returns.
    ///
    /// @return cancels the request wherever it is; no event of it follows. Harmless when it has ended
    Runnable submit(Submission submission, SubmissionEvents events);
}
