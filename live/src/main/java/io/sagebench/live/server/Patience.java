package io.sagebench.live.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How long a connection is waited for: for the rest of a request that has begun, for a request at all, and for a client that does not take its
/// answer. Stands where bytes come in, before they are requests. Belongs to the connection's event loop.
///
/// One check is scheduled at a time, for the nearest limit; that the limit has moved since is noticed when the check comes.
final class Patience extends ChannelInboundHandlerAdapter {
    /// What a connection is told when patience ends.
    interface Ending {
        /// A request did not arrive in full in time.
        void requestTooSlow();

        /// No request came for a long time, or the client has not taken its answer.
        void abandoned();
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final ConnectionLimits limits;
    private final Ending ending;
    private boolean receiving;
    private boolean answering;
    private boolean stalled;
    private long receivingSince;
    private long idleSince = System.nanoTime();
    private long stalledSince;
    private @Nullable Future<?> check;
    private @Nullable ChannelHandlerContext context;

    Patience(ConnectionLimits limits, Ending ending) {
        this.limits = limits;
        this.ending = ending;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        schedule();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!receiving) {
            receiving = true;
            receivingSince = System.nanoTime();
            schedule();
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Future<?> pending = check;
        if (pending != null) {
            pending.cancel(false);
        }
        context = null;
        ctx.fireChannelInactive();
    }

    /// A request is here in full. What comes next belongs to another.
    void received() {
        receiving = false;
    }

    /// An answer begins; until it ends the connection is not idle.
    void answering() {
        answering = true;
    }

    /// The answer has ended.
    void answered() {
        answering = false;
        idleSince = System.nanoTime();
    }

    /// Whether the client takes what is written.
    void takes(boolean writable) {
        if (writable) {
            stalled = false;
        } else if (!stalled) {
            stalled = true;
            stalledSince = System.nanoTime();
            schedule();
        }
    }

    private void schedule() {
        ChannelHandlerContext ctx = context;
        if (ctx == null || check != null) {
            return;
        }
        long nearestNanos = Math.min(
                limits.requestTimeout().toNanos(),
                Math.min(limits.idleTimeout().toNanos(), limits.stallTimeout().toNanos()));
        long waitNanos = Math.min(nearestNanos, Math.max(1, remainingNanos(System.nanoTime())));
        check = ctx.executor().schedule(this::look, waitNanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        check = null;
        long now = System.nanoTime();
        if (stalled && now - stalledSince >= limits.stallTimeout().toNanos()) {
            ending.abandoned();
        } else if (isWaitingForRequest() && now - receivingSince >= limits.requestTimeout().toNanos()) {
            receiving = false; // said once; what else comes of it counts as another
            ending.requestTooSlow();
            schedule();
        } else if (isIdle() && now - idleSince >= limits.idleTimeout().toNanos()) {
            ending.abandoned();
        } else {
            schedule();
        }
    }

    /// While the client does not take its answer we do not read, and cannot blame it for a request that does not arrive.
    private boolean isWaitingForRequest() {
        return receiving && !stalled;
    }

    private boolean isIdle() {
        return !answering && !receiving;
    }

    private long remainingNanos(long now) {
        long remaining = NEVER;
        if (stalled) {
            remaining = limits.stallTimeout().toNanos() - (now - stalledSince);
        }
        if (isWaitingForRequest()) {
            remaining = Math.min(remaining, limits.requestTimeout().toNanos() - (now - receivingSince));
        }
        if (isIdle()) {
            remaining = Math.min(remaining, limits.idleTimeout().toNanos() - (now - idleSince));
        }
        return remaining;
    }
}
