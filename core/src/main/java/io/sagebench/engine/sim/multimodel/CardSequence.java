package io.sagebench.engine.sim.multimodel;

import io.sagebench.engine.EngineJob;
import io.sagebench.engine.stepped.SteppedSequence;
import org.jspecify.annotations.Nullable;

/// One job on a [SimulatedCard].
final class CardSequence implements SteppedSequence {
    final SimulatedCard card;
    final CardModel cardModel;
    private final EngineJob job;
    private final String model;
    KvPlace kvPlace = KvPlace.NOWHERE;
    int contextTokens;
    int generatedTokens;
    /// Whether the processor works on it.
    boolean computing;
    boolean released;
    /// What it has reserved on the device.
    long deviceBytes;
    /// The move of its KV cache, queued or under way.
    Link.@Nullable Transfer move;

    CardSequence(SimulatedCard card, EngineJob job, String model, CardModel cardModel) {
        this.card = card;
        this.job = job;
        this.model = model;
        this.cardModel = cardModel;
    }

    @Override
    public EngineJob job() {
        return job;
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public KvPlace kvPlace() {
        return kvPlace;
    }

    @Override
    public int contextTokens() {
        return contextTokens;
    }

    @Override
    public int generatedTokens() {
        return generatedTokens;
    }

    /// What its KV cache takes, wherever it is.
    long kvBytes() {
        return contextTokens * cardModel.kvBytesPerToken();
    }

    @Override
    public String toString() {
        return job.id() + " (" + model + ", KV cache " + kvPlace + (computing ? ", computing" : "") + (released ? ", released" : "") + ")";
    }
}
