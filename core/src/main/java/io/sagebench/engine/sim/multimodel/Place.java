package io.sagebench.engine.sim.multimodel;

import io.sagebench.engine.stepped.SteppedSequence;

/// A sequence's place among all that wait, for all models.
final class Place {
    final SteppedSequence sequence;
    long order;

    Place(SteppedSequence sequence, long order) {
        this.sequence = sequence;
        this.order = order;
    }

    String model() {
        return sequence.model();
    }

    boolean isNew() {
        return sequence.contextTokens() == 0;
    }
}
