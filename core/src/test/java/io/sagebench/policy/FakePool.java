package io.sagebench.policy;

import io.sagebench.engine.EngineId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A pool whose engines, clock and predictions a test sets; it carries out decisions and complains of impossible ones.
public final class FakePool implements PoolView {
    private final List<FakeEngine> engines;
    private final List<EngineView> candidates = new ArrayList<>();
    private final Set<EngineId> outOfService = new HashSet<>();
    private long nowNanos;
    private long dispatches;

    private FakePool(List<FakeEngine> engines) {
        this.engines = engines;
    }

    /// The pool of those engines, at time 0.
    public static FakePool aPoolOf(FakeEngine... engines) {
        return new FakePool(List.of(engines));
    }

    /// Moves the clock to `millis`.
    public FakePool atMillis(long millis) {
        nowNanos = millis * 1_000_000;
        return this;
    }

    /// Takes an engine out of service, for a while.
    public FakePool without(String name) {
        outOfService.add(new EngineId(name));
        return this;
    }

    /// Sends a request to an engine.
    ///
    /// @throws IllegalStateException when the engine cannot take it
    public void carryOut(Decision.Dispatch dispatch) {
        carryOut(dispatch.request(), dispatch.engine());
    }

    /// Sends a request to an engine.
    ///
    /// @throws IllegalStateException when the engine cannot take it
    public void carryOut(Waiting request, EngineId id) {
        FakeEngine engine = engines.stream()
                .filter(one -> one.description().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such engine: " + id));
        if (!engine.canTake(request)) {
            throw new IllegalStateException("not a candidate: " + id + " for " + request);
        }
        engine.begin(request, ++dispatches);
    }

    /// What runs, engine by engine.
    public List<InFlight> running() {
        return engines.stream().flatMap(engine -> engine.inFlight.stream()).toList();
    }

    /// Ends a request.
    public void end(InFlight running) {
        engines.forEach(engine -> {
            engine.inFlight.remove(running);
            engine.answering.remove(running);
        });
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public boolean hasRoomFor(Lane lane) {
        return inService()
                .anyMatch(engine -> engine.placesTaken() < engine.description().maxConcurrent()
                        && engine.description().models().serves(lane.model(), lane.type()));
    }

    @Override
    public List<EngineView> candidatesFor(Waiting request) {
        candidates.clear();
        inService().filter(engine -> engine.canTake(request)).forEach(candidates::add);
        return candidates;
    }

    @Override
    public List<EngineView> engines() {
        return List.copyOf(inService().toList());
    }

    private Stream<FakeEngine> inService() {
        return engines.stream().filter(engine -> !outOfService.contains(engine.description().id()));
    }

    @Override
    public boolean knows(EngineId id) {
        return engines.stream().anyMatch(engine -> engine.description().id().equals(id));
    }

    /// Grows with the prompts on the engine, so that no policy that looks at it herds.
    @Override
    public long predictedTtftNanos(Waiting request, EngineView engine) {
        return own(engine).ttftNanos + 100_000 * engine.prefillTokensOutstanding();
    }

    @Override
    public long predictedTpotNanos(Waiting request, EngineView engine) {
        return own(engine).tpotNanos;
    }

    @Override
    public List<InFlight> preemptible() {
        return engines.stream()
                .flatMap(engine -> engine.inFlight.stream().filter(running -> !engine.answering.contains(running)))
                .sorted(Comparator.comparingLong(InFlight::dispatchSequence).reversed())
                .toList();
    }

    private static FakeEngine own(EngineView engine) {
        return (FakeEngine) engine;
    }
}
