package io.sagebench.engine.sim;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineJob;

/// One job inside the engine. It wants to catch up: its computed tokens with its prompt and the tokens it has generated.
final class Sequence {
    /// Where a sequence is.
    enum State {
        ARRIVING,
        WAITING,
        RUNNING,
        ENDED
    }

    final EngineJob job;
    final EngineEvents events;
    State state = State.ARRIVING;
    /// Whether its owner wants to hear no more of it.
    boolean cancelled;
    /// Tokens whose keys and values are in the cache.
    int computed;
    /// Output tokens sampled so far.
    int generated;
    /// Blocks of KV cache it holds.
    int blocks;
    /// Tokens it computes in the step under way; 0 when it is not part of it.
    int scheduled;

    Sequence(EngineJob job, EngineEvents events) {
        this.job = job;
        this.events = events;
    }

    /// All its tokens so far.
    int length() {
        return job.promptTokens() + generated;
    }

    /// Tokens it still has to compute before it can sample the next one.
    int behind() {
        return length() - computed;
    }

    boolean isComplete() {
        return generated >= job.maxOutputTokens();
    }
}
