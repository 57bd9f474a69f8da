package io.sagebench.controlplane;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The circuit breaker of one engine: a state machine without a clock. Who owns it calls [#tryAgain] when [#backoffNanos] have passed since it opened.
final class Breaker {
    /// What a call says of the engine.
    enum Verdict {
        GOOD,
        BAD,
        /// Nothing: its client left, or the request itself was at fault.
        NONE
    }

    private final Optional<BreakerSettings> settings;
    private final RandomGenerator chance;
    private BreakerState state = BreakerState.CLOSED;
    /// Counts changes of state: calls begun before the last one say nothing of the state it is in.
    private long phase;
    private long openings;
    private long backoffNanos;
    // While closed: whether each of the last calls failed.
    private final boolean[] failed;
    private int next;
    private int failures;
    // While half open:
    private boolean onTrial;
    private int successes;
    private int openedInARow;

    /// @param settings absent for one that never opens
    /// @param chance   for jitter
    Breaker(Optional<BreakerSettings> settings, RandomGenerator chance) {
        this.settings = settings;
        this.chance = chance;
        this.failed = new boolean[settings.map(BreakerSettings::calls).orElse(0)];
    }

    BreakerState state() {
        return state;
    }

    /// How often it has opened.
    long openings() {
        return openings;
    }

    /// How long it stays open, counted from when it opened last.
    long backoffNanos() {
        return backoffNanos;
    }

    /// Whether a call may begin now.
    boolean permits() {
        return state == BreakerState.CLOSED || (state == BreakerState.HALF_OPEN && !onTrial);
    }

    /// A call begins, which it permits.
    ///
    /// @return to hand to [#ended]
    long begun() {
        if (!permits()) {
            throw new IllegalStateException("the breaker is " + state + " and permits no call");
        }
        onTrial = state == BreakerState.HALF_OPEN;
        return phase;
    }

    /// A call has ended.
    ///
    /// @param call what [#begun] gave
    /// @return whether it has opened because of it
    boolean ended(long call, Verdict verdict) {
        if (settings.isEmpty() || call != phase || state == BreakerState.OPEN) {
            return false;
        }
        return state == BreakerState.CLOSED
                ? verdict != Verdict.NONE && hasOpenedAfter(verdict, settings.get())
                : hasOpenedAfterTrial(verdict, settings.get());
    }

    private boolean hasOpenedAfter(Verdict verdict, BreakerSettings rules) {
        boolean bad = verdict == Verdict.BAD;
        failures += (bad ? 1 : 0) - (failed[next] ? 1 : 0);
        failed[next] = bad;
        next = (next + 1) % failed.length;
        if (failures <= rules.errorRatio() * rules.calls()) {
            return false;
        }
        open();
        return true;
    }

    private boolean hasOpenedAfterTrial(Verdict verdict, BreakerSettings rules) {
        onTrial = false;
        switch (verdict) {
            case NONE -> {}
            case BAD -> open();
            case GOOD -> {
                successes++;
                if (successes >= rules.successes()) {
                    close();
                }
            }
        }
        return state == BreakerState.OPEN;
    }

    /// Opens it, because something else than calls says so.
    ///
    /// @return whether it has opened: not when it is open already, or never opens
    boolean trip() {
        if (settings.isEmpty() || state == BreakerState.OPEN) {
            return false;
        }
        open();
        return true;
    }

    /// Its backoff is over: one request may try.
    void tryAgain() {
        if (state != BreakerState.OPEN) {
            throw new IllegalStateException("only an open breaker tries again, but it is " + state);
        }
        enter(BreakerState.HALF_OPEN);
        onTrial = false;
        successes = 0;
    }

    /// Forgets everything: the engine begins anew.
    void close() {
        enter(BreakerState.CLOSED);
        Arrays.fill(failed, false);
        failures = 0;
        openedInARow = 0;
        onTrial = false;
    }

    private void open() {
        BreakerSettings rules = settings.orElseThrow();
        enter(BreakerState.OPEN);
        openings++;
        double doubled = (double) rules.firstBackoff().toNanos() * Math.pow(2, openedInARow);
        double capped = Math.min((double) rules.mostBackoff().toNanos(), doubled);
        backoffNanos = Math.round(capped * (1 + rules.jitter() * (2 * chance.nextDouble() - 1)));
        openedInARow++;
    }

    private void enter(BreakerState other) {
        state = other;
        phase++;
    }
}
