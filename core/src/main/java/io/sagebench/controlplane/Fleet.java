package io.sagebench.controlplane;

import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.random.Seed;
import io.sagebench.time.Timeline;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The engines that come, go, fail and recover while requests are served.
final class Fleet implements EngineLife.Listener {
    private final Timeline timeline;
    private final Pool pool;
    private final FailureSettings settings;
    private final Seed seed;
    private final Runnable whenChanged;
    private final BiConsumer<Ticket, EngineFailure> whenEvicted;
    private final Map<EngineId, EngineLife> lives = new LinkedHashMap<>();
    private long added;
    private long openings;

    /// @param seed        for jitter
    /// @param whenChanged told when engines went into service or out of it
    /// @param whenEvicted told of a request that may not go on where it runs
    Fleet(
            Timeline timeline,
            Pool pool,
            FailureSettings settings,
            Seed seed,
            Runnable whenChanged,
            BiConsumer<Ticket, EngineFailure> whenEvicted) {
        this.timeline = timeline;
        this.pool = pool;
        this.settings = settings;
        this.seed = seed.child("fleet");
        this.whenChanged = whenChanged;
        this.whenEvicted = whenEvicted;
    }

    EngineChange add(Engine engine) {
        Seed own = seed.child(engine.description().id().value()).child(added++);
        var slot = new EngineSlot(engine, new Breaker(settings.breaker(), own.child("breaker").generator()));
        if (!pool.add(slot)) {
            return new EngineChange.Refused("two engines are named " + slot.description().id());
        }
        var life = new EngineLife(timeline, slot, settings, own, this);
        lives.put(slot.description().id(), life);
        life.start();
        return new EngineChange.Done(slot.status());
    }

    /// How often a breaker has opened, of engines here now or before.
    long openings() {
        return openings;
    }

    EngineChange drain(EngineId id) {
        return change(id, EngineLife::drain);
    }

    EngineChange enable(EngineId id) {
        return change(id, EngineLife::enable);
    }

    EngineChange remove(EngineId id, Runnable whenGone) {
        return change(id, life -> {
            life.slot.leaving = true;
            life.whenGone = whenGone;
            if (life.slot.state() == EngineState.STOPPED) {
                stopped(life);
            } else {
                life.drain(); // harmless when it is draining already
            }
            return Optional.empty();
        });
    }

    private EngineChange change(EngineId id, Function<EngineLife, Optional<String>> wish) {
        EngineLife life = lives.get(id);
        if (life == null) {
            return new EngineChange.Unknown("no engine is named " + id);
        }
        Optional<String> problem = wish.apply(life);
        return problem.isPresent()
                ? new EngineChange.Refused("the engine " + id + " " + problem.get())
                : new EngineChange.Done(life.slot.status());
    }

    /// A call to an engine has ended. Of an engine that has been removed nothing more follows: whoever was told of the request may have ended the last
    /// one there meanwhile.
    ///
    /// @param failure what came of it; absent when it was answered
    void called(EngineSlot slot, long call, Breaker.Verdict verdict, Optional<EngineFailure> failure) {
        EngineLife life = lives.get(slot.description().id());
        if (life == null || life.slot != slot) {
            return;
        }
        if (slot.breaker.ended(call, verdict)) {
            life.opened();
        }
        if (settings.breaker().isPresent()) {
            failure.flatMap(EngineFailure::retryAfter).ifPresent(life::rest);
        }
        life.requestLeft();
    }

    @Override
    public void changed() {
        pool.refresh();
        whenChanged.run();
    }

    @Override
    public void opened() {
        openings++;
    }

    @Override
    public void stopped(EngineLife life) {
        if (life.slot.leaving) {
            lives.remove(life.slot.description().id(), life);
            pool.remove(life.slot);
            life.whenGone.run();
        }
        changed();
    }

    @Override
    public void evict(Ticket ticket, EngineFailure failure) {
        whenEvicted.accept(ticket, failure);
    }
}
