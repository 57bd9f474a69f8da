package io.sagebench.engine.sim.multimodel;

import org.jspecify.annotations.Nullable;

/// The computing part of a card: does one thing at a time.
final class Processor {
    private final OperationClock clock;
    private final OperationClock.End end;
    private @Nullable String doing;
    private Runnable ended = () -> {};

    Processor(OperationClock clock) {
        this.clock = clock;
        this.end = clock.new End(this::end);
    }

    boolean isBusy() {
        return doing != null;
    }

    /// @throws IllegalStateException when it is doing something
    void requireIdle() {
        if (doing != null) {
            throw new IllegalStateException("the processor is busy with a " + doing);
        }
    }

    /// Begins something that ends with [#endAfter].
    void take(String what) {
        requireIdle();
        doing = what;
    }

    /// Ends what it is doing after that time; it is idle when `action` runs.
    void endAfter(long nanos, Runnable action) {
        ended = action;
        end.at(clock.nowNanos() + nanos);
    }

    private void end() {
        doing = null;
        ended.run();
    }
}
