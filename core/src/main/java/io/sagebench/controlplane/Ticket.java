package io.sagebench.controlplane;

import io.sagebench.engine.EngineWork;
import io.sagebench.policy.Policy;
import io.sagebench.policy.Waiting;
import io.sagebench.time.Timer;
import org.jspecify.annotations.Nullable;

/// One request inside the control plane, from admission to its one terminal state.
final class Ticket {
    /// Where a request is.
    enum State {
        QUEUED,
        RUNNING,
        ENDED
    }

    final Submission submission;
    final SubmissionEvents events;
    final Waiting waiting;
    State state = State.QUEUED;
    /// Fires when its end-to-end deadline passes while it is queued.
    @Nullable Timer expiry;

    /// The policy that dispatched it.
    @Nullable Policy dispatcher;

    // While it runs:
    @Nullable EngineSlot slot;
    @Nullable EngineWork work;
    long dispatchSequence;
    long dispatchedAtNanos;
    long firstTokenAtNanos;
    int outputTokens;
    /// Output tokens reserved on the engine that have not come.
    int decodeTokensReserved;
    /// What was predicted at its dispatch.
    double predictedTtftNanos;
    double predictedTpotNanos;
    /// What the predictions were made from, to learn from how it went.
    double prefillTokensAtDispatch;
    double prefillSquaresAtDispatch;
    double contextTokensAtFirstToken;
    int runningAtFirstToken;

    Ticket(Submission submission, SubmissionEvents events, Waiting waiting) {
        this.submission = submission;
        this.events = events;
        this.waiting = waiting;
    }
}
