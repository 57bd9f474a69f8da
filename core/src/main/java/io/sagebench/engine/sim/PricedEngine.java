package io.sagebench.engine.sim;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.Probe;
import io.sagebench.engine.ReportedLoad;
import io.sagebench.engine.stepped.TokenScheduling;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// A simulated engine that has a price, and is otherwise as it was.
public final class PricedEngine implements MonitoredEngine {
    private final MonitoredEngine engine;
    private final EngineDescription description;

    /// @param usdPerHour at least 0
    public PricedEngine(MonitoredEngine engine, double usdPerHour) {
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
    public void scheduleBy(Optional<TokenScheduling> other) {
        engine.scheduleBy(other);
    }

    @Override
    public long untoldTokens() {
        return engine.untoldTokens();
    }

    @Override
    public EngineStats stats() {
        return engine.stats();
    }

    @Override
    public boolean isUp() {
        return engine.isUp();
    }

    @Override
    public OptionalInt kvBlockSize() {
        return engine.kvBlockSize();
    }

    @Override
    public void observe(EngineObserver observer) {
        engine.observe(observer);
    }

    @Override
    public void sleep() {
        engine.sleep();
    }

    @Override
    public void wake() {
        engine.wake();
    }
}
