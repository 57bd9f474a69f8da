package io.sagebench.benchmark.scenario;

import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.Probe;
import io.sagebench.engine.ReportedLoad;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// An engine that has a price, and is otherwise as it was.
final class PricedEngine implements Engine {
    private final Engine engine;
    private final EngineDescription description;

    PricedEngine(Engine engine, double usdPerHour) {
        this.engine = engine;
        this.description = engine.description().with(engine.description().traits().withUsdPerHour(usdPerHour));
    }

    @Override
    public EngineDescription description() {
        return description;
    }

    @Override
    public EngineWork start(EngineJob job, EngineEvents events) {
        return engine.start(job, events);
    }

    @Override
    public List<EngineWork> startTogether(List<EngineJob> jobs, List<EngineEvents> events) {
        return engine.startTogether(jobs, events);
    }

    @Override
    public void probe(Consumer<Probe> answer) {
        engine.probe(answer);
    }

    @Override
    public Optional<ReportedLoad> reportedLoad() {
        return engine.reportedLoad();
    }

    @Override
    public long untoldTokens() {
        return engine.untoldTokens();
    }
}
