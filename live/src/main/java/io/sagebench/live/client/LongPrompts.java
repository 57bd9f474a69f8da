package io.sagebench.live.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sagebench.workload.PlannedRequest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Writes requests on a thread of its own: those that are announced ahead of their time, and those with long prompts, since making such a text
/// takes long enough to spoil the stamps of an event loop. Without an announcement the time that takes shows as send lag.
final class LongPrompts implements AutoCloseable {
    /// Prompts up to here are made on the event loop: some 10 ns a token.
    private static final int SHORT_TOKENS = 2_048;

    private final RequestWriter writer;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("client-prompts").daemon().factory());

    /// @param writer used by its thread only
    LongPrompts(RequestWriter writer) {
        this.writer = writer;
    }

    /// Whether the request is one for here.
    static boolean isLong(PlannedRequest planned) {
        return planned.promptTokens() > SHORT_TOKENS;
    }

    /// Writes the request; `written` is called on its thread, with the bytes or with why there are none.
    void write(
            PlannedRequest planned,
            ByteBufAllocator allocator,
            BiConsumer<@Nullable ByteBuf, @Nullable Throwable> written) {
        thread.execute(() -> {
            ByteBuf bytes;
            try {
                bytes = writer.write(planned, allocator);
            } catch (RuntimeException | Error thrown) { // a bug: told where it ends the run
                written.accept(null, thrown);
                return;
            }
            written.accept(bytes, null);
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
