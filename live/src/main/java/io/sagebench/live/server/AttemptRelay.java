package io.sagebench.live.server;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicReference;

/// The answer as one engine may write it: until it has begun, the timeline can take it away, so that another engine gets to write it. Which of the
/// two came first is settled once. All but [#withdraw] belongs to the connection's event loop.
final class AttemptRelay implements Relay {
    private enum State {
        SILENT,
        BEGUN,
        WITHDRAWN
    }

    private final Relay answer;
    private final AtomicReference<State> state = new AtomicReference<>(State.SILENT);

    AttemptRelay(Relay answer) {
        this.answer = answer;
    }

    /// Takes the answer away, unless it has begun. Safe for use by any thread.
    ///
    /// @return whether nothing was written, and nothing will be
    boolean withdraw() {
        return state.compareAndSet(State.SILENT, State.WITHDRAWN) || state.get() == State.WITHDRAWN;
    }

    @Override
    public void begin(String contentType) {
        if (state.compareAndSet(State.SILENT, State.BEGUN)) {
            answer.begin(contentType);
        }
    }

    @Override
    public void write(ByteBuf part) {
        if (hasBegun()) {
            answer.write(part);
        } else {
            part.release();
        }
    }

    @Override
    public void flush() {
        if (hasBegun()) {
            answer.flush();
        }
    }

    @Override
    public void end() {
        if (hasBegun()) {
            answer.end();
        }
    }

    @Override
    public boolean isWritable() {
        return !hasBegun() || answer.isWritable();
    }

    @Override
    public void whenWritable(Runnable action) {
        if (hasBegun()) {
            answer.whenWritable(action);
        }
    }

    private boolean hasBegun() {
        return state.get() == State.BEGUN;
    }
}
