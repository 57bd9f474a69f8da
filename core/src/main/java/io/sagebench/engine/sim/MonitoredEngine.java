package io.sagebench.engine.sim;

import io.sagebench.engine.Engine;
import io.sagebench.engine.Probe;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// An engine that shows its insides and can be put to sleep: what its monitoring and its administrators need. All methods are called on its
/// timeline.
public interface MonitoredEngine extends Engine {

    /// What it counts, now.
    EngineStats stats();

    /// Whether it works at all: not while it has crashed and is starting again.
    default boolean isUp() {
        return true;
    }

    @Override
    default void probe(Consumer<Probe> answer) {
        answer.accept(isUp() ? new Probe.Ready() : new Probe.NotReady("the engine is down"));
    }

    /// Tokens of one block of its KV cache; absent when it has no blocks.
    default OptionalInt kvBlockSize() {
        return OptionalInt.empty();
    }

    /// Has `observer` told of what happens from now on, instead of the one before.
    void observe(EngineObserver observer);

    /// Stops taking steps and drops all KV cache; requests wait until [#wake]. Harmless when asleep.
    void sleep();

    /// Takes steps again. Harmless when awake.
    void wake();
}
