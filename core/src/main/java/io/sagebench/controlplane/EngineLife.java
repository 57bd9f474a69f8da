package io.sagebench.controlplane;

import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.Probe;
import io.sagebench.random.Seed;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.time.Duration;
import java.util.Optional;

/// The life of one engine: what its operator, its probes and its breaker make of it, and the timers that go with that.
final class EngineLife {
    /// The longest an engine is left alone because it asked for it.
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    /// Who is told.
    interface Listener {
        /// It came into service, went out of it, or can serve no more.
        void changed();

        /// Its breaker has opened.
        void opened();

        /// It has stopped.
        void stopped(EngineLife life);

        /// What runs on it may not go on.
        void evict(Ticket ticket, EngineFailure failure);
    }

    final EngineSlot slot;
    /// Told when it has been removed and nothing runs on it any more.
    Runnable whenGone = () -> {};
    private final Timeline timeline;
    private final FailureSettings settings;
    private final Listener listener;
    private final Optional<Probing> probing;
    private final Timer drainLimit;
    private final Timer backoff;
    private final Timer rest;
    private long restUntilNanos;
    private long startedAtNanos;

    EngineLife(Timeline timeline, EngineSlot slot, FailureSettings settings, Seed seed, Listener listener) {
        this.slot = slot;
        this.timeline = timeline;
        this.settings = settings;
        this.listener = listener;
        this.probing = settings.probes()
                .map(rules -> new Probing(
                        timeline, rules, slot.engine, seed.child("probes").generator(), answer -> probed(answer, rules)));
        this.drainLimit = timeline.timer(this::evictAll);
        this.backoff = timeline.timer(this::tryAgain);
        this.rest = timeline.timer(() -> {
            slot.resting = false;
            listener.changed();
        });
    }

    /// It is STARTING, and becomes READY when its probe says so, or at once when nobody asks.
    void start() {
        startedAtNanos = timeline.nowNanos();
        slot.badProbes = 0;
        if (probing.isPresent()) {
            probing.get().begin();
        } else {
            ready();
        }
    }

    /// Why it cannot be drained, if it cannot; else it gets no more requests, and stops when it is idle, or at the drain limit.
    Optional<String> drain() {
        if (!slot.state().mayBecome(EngineState.DRAINING)) {
            return Optional.of(slot.state() == EngineState.DRAINING ? "is draining already" : "has stopped already");
        }
        slot.become(EngineState.DRAINING);
        slot.reason = "drained by its operator";
        probing.ifPresent(Probing::end);
        drainLimit.armAt(timeline.nowNanos() + settings.drainLimit().toNanos());
        listener.changed();
        requestLeft();
        return Optional.empty();
    }

    /// Why it cannot be enabled, if it cannot; else it is on its way back as one that was just added: with full trust, once its probe is good.
    Optional<String> enable() {
        if (slot.state() == EngineState.STARTING) {
            return Optional.of("is starting already");
        }
        boolean isReady = slot.state() == EngineState.READY;
        if (isReady && slot.breaker.state() == BreakerState.CLOSED && !slot.resting) {
            return Optional.of("is ready already");
        }
        slot.leaving = false;
        slot.reason = "";
        drainLimit.cancel();
        backoff.cancel();
        endRest();
        slot.breaker.close();
        if (!isReady) {
            slot.become(EngineState.STARTING);
            start();
        }
        listener.changed();
        return Optional.empty();
    }

    private void endRest() {
        rest.cancel();
        slot.resting = false;
    }

    /// A request is on it no more.
    void requestLeft() {
        if (slot.state() == EngineState.DRAINING && slot.running() == 0) {
            drainLimit.cancel();
            backoff.cancel();
            endRest();
            slot.become(EngineState.STOPPED);
            listener.stopped(this);
        }
    }

    /// Its breaker has opened.
    void opened() {
        backoff.armAt(timeline.nowNanos() + slot.breaker.backoffNanos());
        listener.opened();
        listener.changed();
    }

    /// Leaves it alone for as long as it asked.
    void rest(Duration asked) {
        long untilNanos = timeline.nowNanos() + Math.min(asked.toNanos(), LONGEST_REST.toNanos());
        restUntilNanos = slot.resting ? Math.max(restUntilNanos, untilNanos) : untilNanos;
        slot.resting = true;
        rest.armAt(restUntilNanos);
        listener.changed();
    }

    private void tryAgain() {
        slot.breaker.tryAgain();
        listener.changed();
    }

    private void ready() {
        slot.become(EngineState.READY);
        slot.reason = "";
        listener.changed();
    }

    private void probed(Probe answer, ProbeSettings rules) {
        switch (answer) {
            case Probe.Ready _ -> {
                slot.badProbes = 0;
                if (slot.state() == EngineState.ERROR) {
                    slot.become(EngineState.STARTING);
                }
                if (slot.state() == EngineState.STARTING) {
                    ready();
                }
            }
            case Probe.NotReady(String why) -> {
                slot.badProbes++;
                boolean mayStillStart = slot.state() == EngineState.STARTING
                        && timeline.nowNanos() - startedAtNanos < rules.startupGrace().toNanos();
                if (slot.badProbes >= rules.failures() && !mayStillStart && slot.state().mayBecome(EngineState.ERROR)) {
                    slot.become(EngineState.ERROR);
                    slot.reason = why;
                    if (slot.breaker.trip()) {
                        opened();
                    } else {
                        listener.changed();
                    }
                }
            }
        }
    }

    private void evictAll() {
        var failure = new EngineFailure(503, "the engine " + slot.description().id() + " was stopped before the answer was complete");
        for (Ticket ticket : slot.inFlight().toArray(new Ticket[0])) {
            if (ticket.slot == slot) {
                listener.evict(ticket, failure);
            }
        }
    }
}
