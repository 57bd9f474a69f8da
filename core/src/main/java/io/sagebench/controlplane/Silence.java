package io.sagebench.controlplane;

import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineWork;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Watches requests on engines for signs of life: a first token in time, and then a token now and then. A token costs nothing but a note of when it
/// came; the timer looks at that when it fires.
final class Silence {
    private static final int GATEWAY_TIMEOUT = 504;

    private final Timeline timeline;
    private final Optional<PhaseLimits> limits;
    private final BiConsumer<Ticket, EngineFailure> giveUp;

    /// @param limits absent for no watching at all
    /// @param giveUp called for a request whose engine has been silent for too long
    Silence(Timeline timeline, Optional<PhaseLimits> limits, BiConsumer<Ticket, EngineFailure> giveUp) {
        this.timeline = timeline;
        this.limits = limits;
        this.giveUp = giveUp;
    }

    /// It has been given to its engine.
    void watch(Ticket ticket) {
        if (limits.isPresent()) {
            Timer timer = timeline.timer(() -> look(ticket, limits.get()));
            ticket.silence = timer;
            timer.armAt(dueAtNanos(ticket, limits.get()));
        }
    }

    /// Its first token has come: from now on it is the gaps that count.
    void firstToken(Ticket ticket) {
        Timer timer = ticket.silence;
        if (timer != null && limits.isPresent()) {
            timer.armAt(dueAtNanos(ticket, limits.get()));
        }
    }

    void unwatch(Ticket ticket) {
        Timer timer = ticket.silence;
        if (timer != null) {
            timer.cancel();
            ticket.silence = null;
        }
    }

    private void look(Ticket ticket, PhaseLimits rules) {
        long dueAtNanos = dueAtNanos(ticket, rules);
        if (dueAtNanos > timeline.nowNanos()) {
            Timer timer = ticket.silence;
            if (timer != null) {
                timer.armAt(dueAtNanos);
            }
            return;
        }
        String what = ticket.outputTokens == 0 ? "no answer" : "no further token";
        long limitNanos = ticket.outputTokens == 0 ? firstNanos(ticket, rules) : rules.idle().toNanos();
        giveUp.accept(
                ticket,
                new EngineFailure(GATEWAY_TIMEOUT, "the engine gave " + what + " within " + limitNanos / 1_000_000 + " ms"));
    }

    private static long dueAtNanos(Ticket ticket, PhaseLimits rules) {
        if (ticket.outputTokens == 0) {
            return ticket.dispatchedAtNanos + firstNanos(ticket, rules);
        }
        EngineWork work = ticket.work;
        long lastNanos = work == null ? ticket.lastTokenAtNanos : work.lastUntoldAtNanos().orElse(ticket.lastTokenAtNanos);
        return Math.max(lastNanos, ticket.lastTokenAtNanos) + rules.idle().toNanos();
    }

    private static long firstNanos(Ticket ticket, PhaseLimits rules) {
        boolean inParts = ticket.waiting.type().isGeneration() && ticket.events.answerComesInParts();
        return rules.firstTokenNanos(ticket.waiting.serviceLevel(), inParts);
    }
}
