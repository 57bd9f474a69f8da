package io.sagebench.controlplane;

import io.sagebench.engine.Engine;
import io.sagebench.engine.Probe;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Asks one engine again and again whether it works. One question at a time; one that is not answered in time counts as answered badly, and what
/// comes later is not heard.
final class Probing {
    private final Timeline timeline;
    private final ProbeSettings settings;
    private final Engine engine;
    private final RandomGenerator chance;
    private final Consumer<Probe> listener;
    private final Timer next;
    private final Timer timeout;
    private long questions;
    private boolean open;
    private boolean active;

    /// @param chance   for jitter
    /// @param listener hears each answer
    Probing(Timeline timeline, ProbeSettings settings, Engine engine, RandomGenerator chance, Consumer<Probe> listener) {
        this.timeline = timeline;
        this.settings = settings;
        this.engine = engine;
        this.chance = chance;
        this.listener = listener;
        this.next = timeline.timer(this::ask);
        this.timeout = timeline.timer(
                () -> heard(questions, new Probe.NotReady("it gave no answer within " + settings.timeout().toMillis() + " ms")));
    }

    /// Asks at once, and from then on. Harmless when it has begun.
    void begin() {
        if (!active) {
            active = true;
            ask();
        }
    }

    /// Asks no more.
    void end() {
        active = false;
        open = false;
        next.cancel();
        timeout.cancel();
    }

    private void ask() {
        long question = ++questions;
        open = true;
        timeout.armAt(timeline.nowNanos() + settings.timeout().toNanos());
        engine.probe(answer -> heard(question, answer));
    }

    private void heard(long question, Probe answer) {
        if (!open || question != questions) {
            return;
        }
        open = false;
        timeout.cancel();
        double varied = settings.interval().toNanos() * (1 + settings.jitter() * (2 * chance.nextDouble() - 1));
        next.armAt(timeline.nowNanos() + Math.max(1, Math.round(varied)));
        listener.accept(answer);
    }
}
