package io.sagebench.live.server;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// Reads requests where there is time for it: on the event loop when it takes none, else on a thread of its own.
///
/// @param executor runs the reading
record Reading(Executor executor) {
    /// On the event loop.
    static final Reading AT_ONCE = new Reading(Runnable::run);

    /// What reads.
    @FunctionalInterface
    interface Work<T> {

        /// Reads.
        ///
        /// @throws BadRequest when there is something wrong with the request
        T read() throws BadRequest;
    }

    /// Reads a request; what is wrong with it is answered. Called on the connection's event loop.
    ///
    /// @param then takes what was read, on the connection's event loop
    <T> void read(HttpCall call, Work<T> work, Consumer<T> then) {
        try {
            executor.execute(() -> readNow(call, work, then));
        } catch (RejectedExecutionException _) {
            call.response().reply(ApiError.stopping().toReply());
        }
    }

    private static <T> void readNow(HttpCall call, Work<T> work, Consumer<T> then) {
        T found;
        try {
            found = work.read();
        } catch (BadRequest bad) {
            on(call, () -> call.response().reply(bad.error().toReply()));
            return;
        } catch (RuntimeException fault) {
            on(call, () -> call.response().fault(fault));
            return;
        }
        on(call, () -> then.accept(found));
    }

    private static void on(HttpCall call, Runnable write) {
        if (call.loop().inEventLoop()) {
            write.run();
            return;
        }
        try {
            call.loop().execute(write);
        } catch (RejectedExecutionException _) {
            // the server has closed, and this connection with it
        }
    }
}
