package io.sagebench.controlplane;

import io.sagebench.engine.Engine;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import io.sagebench.time.Timeline;
import java.util.List;
import java.util.Map;

/// The scheduling gateway.
public final class ControlPlane {
    public ControlPlane(
            Timeline timeline, Policies policies, String firstPolicy, List<Engine> engines, QueueLimits limits, Seed seed) {
    }

    /// Takes a request in, or refuses it. Events follow on the timeline, possibly before this method returns.
    ///
    /// @return the ticket by which it can be cancelled
    public long submit(Submission submission, SubmissionEvents events) {
        return soon();
    }

    /// Cancels a request wherever it is; no event of it follows. Harmless when it has ended.
    public void cancel(long ticket) {
        var unused = soon();
    }

    /// Puts another policy in force.
    public PolicySwitch activate(String policy, Map<String, String> parameters) {
        return soon();
    }

    /// The policy in force.
    public PolicySwitch.Active active() {
        return soon();
    }

    /// The books.
    public ControlPlaneMetrics metrics() {
        return soon();
    }

    /// The engines and their books, in a fixed order.
    public List<EngineStatus> engines() {
        return soon();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private static <T> T soon() {
        throw new IllegalStateException("not written yet");
    }
}
