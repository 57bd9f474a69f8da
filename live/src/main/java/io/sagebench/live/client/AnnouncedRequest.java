package io.sagebench.live.client;

import io.netty.buffer.ByteBuf;
import io.sagebench.workload.PlannedRequest;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The request that comes next, whose bytes are made ahead of its time on another thread. Taken once, ready or not.
final class AnnouncedRequest {
    /// Stands for bytes that nobody waits for any more.
    private static final Object TAKEN = new Object();

    private final PlannedRequest planned;
    /// Null until the bytes are ready.
    private final AtomicReference<@Nullable Object> bytes = new AtomicReference<>();

    AnnouncedRequest(PlannedRequest planned) {
        this.planned = planned;
    }

    PlannedRequest planned() {
        return planned;
    }

    /// The bytes are there; released when nobody waits for them any more.
    void ready(ByteBuf made) {
        if (!bytes.compareAndSet(null, made)) {
            made.release();
        }
    }

    /// The bytes, now the caller's; null when they are not ready, and will not be waited for.
    @Nullable ByteBuf take() {
        return bytes.getAndSet(TAKEN) instanceof ByteBuf made ? made : null;
    }

    /// Nobody will take it.
    void discard() {
        ByteBuf made = take();
        if (made != null) {
            made.release();
        }
    }
}
