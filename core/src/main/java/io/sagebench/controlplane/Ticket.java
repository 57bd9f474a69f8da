package io.sagebench.controlplane;

import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineWork;
import io.sagebench.policy.Policy;
import io.sagebench.policy.Waiting;
import io.sagebench.time.Timer;
import java.util.HashSet;
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
    Waiting waiting;
    State state = State.QUEUED;
    /// Fires when its end-to-end deadline passes while it is queued.
    @Nullable Timer expiry;

    /// Since when no engine for it works, while it is queued.
    long strandedAtNanos = NEVER;

    /// How often it went to an engine.
    int attempts;
    /// Of these, how many were further tries after a failure.
    int retries;
    /// What went wrong on the engine before.
    @Nullable EngineFailure lastFailure;

    /// Where it went last.
    @Nullable DispatchedTo where;

    /// The policy that dispatched it.
    @Nullable Policy dispatcher;

    // While it runs:
    @Nullable EngineSlot slot;
    @Nullable EngineWork work;
    /// Fires when its engine may have been silent for too long.
    @Nullable Timer silence;
    /// What the engine's breaker calls it; [#NO_CALL] when it does not count there.
    long call = NO_CALL;

    long dispatchSequence;
    long dispatchedAtNanos;
    long firstTokenAtNanos;
    long lastTokenAtNanos;
    int outputTokens;
    /// Whether some of its answer has reached its client before any token of it was told here.
    boolean hasBegunUntold;
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

    static final long NEVER = Long.MAX_VALUE;
    static final long NO_CALL = -1;

    Ticket(Submission submission, SubmissionEvents events, Waiting waiting) {
        this.submission = submission;
        this.events = events;
        this.waiting = waiting;
    }

    /// Keeps it from an engine that failed it.
    void exclude(EngineId engine) {
        var excluded = new HashSet<>(waiting.excluded());
        excluded.add(engine);
        waiting = new Waiting(
                waiting.sequence(),
                waiting.id(),
                waiting.arrivedAtNanos(),
                waiting.ask(),
                waiting.priority(),
                waiting.serviceLevel(),
                waiting.caller(),
                waiting.predicted(),
                excluded);
    }

    /// Whether it is on an engine, and may begin anew as far as is known here.
    boolean mayBeTakenBack() {
        return state == State.RUNNING && outputTokens == 0 && !hasBegunUntold;
    }

    /// When its end-to-end deadline passes; [#NEVER] when it has none.
    long dueAtNanos() {
        return waiting.serviceLevel()
                .endToEnd()
                .map(limit -> waiting.arrivedAtNanos() + limit.toNanos())
                .orElse(NEVER);
    }
}
