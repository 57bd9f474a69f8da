package io.sagebench.engine.sim;

import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.ServedModels;
import io.sagebench.time.Timeline;

/// A simulated engine.
public final class SimulatedEngine implements Engine {
    public SimulatedEngine(Timeline timeline, EngineId id, ServedModels models, EngineProfile profile) {
    }

    @Override
    public EngineDescription description() {
        return soon();
    }

    @Override
    public EngineWork start(EngineJob job, EngineEvents events) {
        return soon();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private static <T> T soon() {
        throw new IllegalStateException("not written yet");
    }
}
