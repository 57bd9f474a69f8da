package io.sagebench.benchmark.dashboard;

import io.sagebench.journal.RequestRecord;
import io.sagebench.live.dashboard.Snapshot;
import io.sagebench.live.dashboard.Snapshot.Counts;
import io.sagebench.live.dashboard.Snapshot.Kind;
import io.sagebench.live.dashboard.Snapshot.PolicyFigures;
import io.sagebench.live.dashboard.Snapshot.Position;
import io.sagebench.live.dashboard.Snapshot.State;
import io.sagebench.live.dashboard.Snapshot.Status;
import io.sagebench.live.dashboard.Snapshot.Subject;
import io.sagebench.metrics.recent.RecentPoint;
import io.sagebench.metrics.recent.RecentSeconds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Where a run is and what it has given so far: told event by event, and asked when somebody looks. Safe for use by any thread; [#ended] waits for nobody.
///
/// Its seconds are those of the clock it is given. Where time is simulated they are the run's own, one measurement behind the other, since a minute of it may
/// be computed in a moment.
final class DashboardState {
    private static final int SECONDS = 300;
    private static final int WINDOW = 5;
    private static final int MOST_MEASURED = 100;
    private static final int MOST_NOTES = 50;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Kind kind;
    private final String title;
    private final LongSupplier clock;
    private final long startedAtNanos;
    private final RecentSeconds recent = new RecentSeconds(SECONDS);
    /// The latest moment of simulated time.
    private final AtomicLong virtualNanos = new AtomicLong();
    private volatile long virtualOffsetNanos;
    private volatile boolean virtual;
    private volatile @Nullable TurnTally current;
    /// The one before, which is shown until another begins.
    private @Nullable TurnTally latest;

    private String target = "";
    private State state = State.STARTING;
    private String detail = "";
    private String policy = "";
    private String point = "";
    private int pointsEnded;
    private int points;
    private Turning turning = Turning.NONE;
    private long turnBeganAtNanos;
    private long spanNanos;
    private long sent;
    private long ended;
    private final List<PolicyFigures> measured = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /// Which measurement.
    ///
    /// @param name     of the policy or the workload
    /// @param number   from 1
    /// @param turns    how many there are
    /// @param requests how many it has, where that is known
    record Turning(String name, int number, int turns, int repeat, int repeats, OptionalLong requests) {
        static final Turning NONE = new Turning("", 0, 0, 1, 1, OptionalLong.empty());
    }

    /// @param clock of nanoseconds, which never runs backwards
    DashboardState(Kind kind, String title, LongSupplier clock) {
        this.kind = kind;
        this.title = title;
        this.clock = clock;
        this.startedAtNanos = clock.getAsLong();
    }

    /// @param isVirtual whether its time is simulated
    synchronized void target(String line, boolean isVirtual) {
        target = line;
        virtual = isVirtual;
    }

    synchronized void position(String what, int done, int all) {
        point = what;
        pointsEnded = done;
        points = all;
        if (state == State.STARTING) {
            state = State.MEASURING;
        }
        if (virtual) {
            detail = "simulated runs are computed side by side, and show no more than how many are done";
        }
    }

    synchronized void warmingUp(Turning turn, int requests) {
        begin(turn);
        state = State.WARMING_UP;
        detail = "with " + requests + (requests == 1 ? " request" : " requests");
    }

    synchronized void measuring(Turning turn) {
        begin(turn);
        state = State.MEASURING;
        detail = "";
        virtualOffsetNanos = (virtualNanos.get() / NANOS_PER_SECOND + (virtualNanos.get() == 0 ? 0 : 1)) * NANOS_PER_SECOND;
        turnBeganAtNanos = clock.getAsLong();
        var tally = new TurnTally(turn.name(), where(turn));
        latest = tally;
        current = tally;
        recent.inForce(turn.name());
    }

    /// What was measured until now is past.
    private void begin(Turning turn) {
        close();
        turning = turn;
        policy = turn.name();
        latest = null;
        sent = 0;
        ended = 0;
        spanNanos = 0;
    }

    private void close() {
        TurnTally last = current;
        if (last != null) {
            measured.add(last.figures(spanNanos, false));
            if (measured.size() > MOST_MEASURED) {
                measured.removeFirst();
            }
        }
        current = null;
    }

    private String where(Turning turn) {
        String repeat = turn.repeats() > 1 ? "repeat " + turn.repeat() : "";
        return point.isEmpty() || repeat.isEmpty() ? point + repeat : point + ", " + repeat;
    }

    /// @param elapsedNanos since the window began, on the run's timeline
    synchronized void progress(long elapsedNanos, long sentUntilNow, long endedUntilNow) {
        spanNanos = elapsedNanos;
        sent = sentUntilNow;
        ended = endedUntilNow;
        if (virtual) {
            virtualNanos.accumulateAndGet(virtualOffsetNanos + elapsedNanos, Math::max);
        }
        recent.inFlight(nowNanos(), sent - ended);
    }

    /// A request has ended.
    void ended(RequestRecord record) {
        TurnTally tally = current;
        if (tally == null) {
            return;
        }
        tally.add(record);
        long atNanos = nowNanos();
        if (virtual) {
            atNanos = virtualOffsetNanos + record.endedAtNanos();
            virtualNanos.accumulateAndGet(atNanos, Math::max);
        }
        tell(record, atNanos);
    }

    private void tell(RequestRecord record, long atNanos) {
        if (record.isCompleted()) {
            recent.completed(atNanos, record.metServiceLevel(), record.tokens().output());
        } else {
            recent.failed(atNanos);
        }
        OptionalLong ttft = record.ttftNanos();
        if (ttft.isPresent()) {
            recent.firstToken(atNanos, ttft.getAsLong());
        }
        var tpot = record.tpotNanos();
        if (tpot.isPresent()) {
            recent.tokenGap(atNanos, Math.round(tpot.getAsDouble()));
        }
    }

    synchronized void note(String message) {
        if (notes.size() < MOST_NOTES) {
            notes.add(message);
        }
    }

    /// Nothing more will come.
    synchronized void finished(State how, String why) {
        close();
        state = how;
        detail = why;
        pointsEnded = how == State.DONE && points > 0 ? points : pointsEnded;
    }

    /// How it is now.
    ///
    /// @param told what the target tells of itself
    synchronized Snapshot snapshot(ServerView told) {
        ServerView server = state.isLast() ? told.afterwards() : told;
        long nowNanos = nowNanos();
        server.queued().ifPresent(queued -> recent.queued(nowNanos, queued));
        List<RecentPoint> points = recent.until(nowNanos, WINDOW);
        TurnTally tally = current;
        var figures = new ArrayList<>(measured);
        if (tally != null) {
            figures.add(tally.figures(virtual ? spanNanos : Math.max(0, clock.getAsLong() - turnBeganAtNanos), true));
        }
        return new Snapshot(
                new Subject(kind, title, target, virtual),
                new Status(state, detail, policy, position()),
                counts(server),
                nowNanos,
                points,
                server.joined(latest == null ? List.of() : latest.instances()),
                figures,
                notes);
    }

    /// Of the measurement under way, or the one that was it last.
    private Counts counts(ServerView server) {
        OptionalLong inFlight = OptionalLong.of(sent - ended);
        TurnTally tally = latest;
        return tally == null
                ? new Counts(0, OptionalLong.of(0), 0, inFlight, server.queued())
                : tally.counts(inFlight, server.queued());
    }

    private Optional<Position> position() {
        if (turning.equals(Turning.NONE) && point.isEmpty()) {
            return Optional.empty();
        }
        long left = turning.requests().orElse(ended) - ended;
        boolean known = ended > 0 && left > 0 && !state.isLast();
        return Optional.of(new Position(
                point,
                pointsEnded,
                points,
                turning.number(),
                turning.turns(),
                turning.repeat(),
                turning.repeats(),
                ended,
                turning.requests(),
                known ? OptionalLong.of((long) ((double) left * (clock.getAsLong() - turnBeganAtNanos) / ended)) : OptionalLong.empty()));
    }

    private long nowNanos() {
        return virtual ? virtualNanos.get() : clock.getAsLong() - startedAtNanos;
    }
}
