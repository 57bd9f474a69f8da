package io.sagebench.live.dashboard;

import io.sagebench.metrics.recent.LatencyPercentiles;
import io.sagebench.metrics.recent.RecentPoint;
import io.sagebench.request.Check;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a dashboard shows at a moment. What is not known is absent.
///
/// @param subject   what is watched
/// @param status    where it is
/// @param counts    of requests
/// @param nowNanos  the moment, on the timeline of `recent`
/// @param recent    the last minutes, second by second
/// @param instances what is known of each engine
/// @param measured  the policies measured so far, the one under way included
/// @param notes     what a person should know, one line each
public record Snapshot(
        Subject subject,
        Status status,
        Counts counts,
        long nowNanos,
        List<RecentPoint> recent,
        List<Instance> instances,
        List<PolicyFigures> measured,
        List<String> notes) {
    public Snapshot {
        Check.notNegative(nowNanos, "nowNanos");
        recent = List.copyOf(recent);
        instances = List.copyOf(instances);
        measured = List.copyOf(measured);
        notes = List.copyOf(notes);
    }

    /// Who tells these figures.
    public enum Kind {
        /// A benchmark of policies: what its load generator sees.
        BENCHMARK,
        /// A benchmark of an engine: what its load generator sees.
        ENGINE,
        /// A control plane: what it sees itself.
        CONTROL_PLANE
    }

    /// What is watched.
    ///
    /// @param kind    who tells
    /// @param title   in a few words
    /// @param target  what is measured or what serves, in a line; empty while it is not known
    /// @param virtual whether its time is simulated, and passes faster or slower than a clock
    public record Subject(Kind kind, String title, String target, boolean virtual) {}

    /// Where something is in its life.
    public enum State {
        /// Nothing is measured yet.
        STARTING,
        WARMING_UP,
        MEASURING,
        SERVING,
        STOPPING,
        /// It has ended by itself.
        DONE,
        /// It was stopped before its end.
        INTERRUPTED,
        /// It could not go on.
        FAILED;

        /// Whether nothing will change any more.
        public boolean isLast() {
            return this == DONE || this == INTERRUPTED || this == FAILED;
        }
    }

    /// Where it is.
    ///
    /// @param detail   what there is to say about the state; may be empty
    /// @param policy   in force; empty before the first, and where there is no such thing
    /// @param position in the benchmark; absent outside of one
    public record Status(State state, String detail, String policy, Optional<Position> position) {}

    /// How far a benchmark is.
    ///
    /// @param point   which of several benchmarks in a row goes on, in a few words; empty when there is one
    /// @param pointsEnded of these
    /// @param points  how many there are; 0 when that is not known
    /// @param turn    which measurement of this benchmark, from 1; 0 before the first
    /// @param turns   how many measurements it has
    /// @param repeat  which measurement of this policy, from 1
    /// @param repeats how often each policy is measured
    /// @param ended   requests of this measurement that have ended
    /// @param requests how many it has, where that is known
    /// @param leftNanos how long the rest of this measurement will take if it goes on as until now
    public record Position(
            String point,
            int pointsEnded,
            int points,
            int turn,
            int turns,
            int repeat,
            int repeats,
            long ended,
            OptionalLong requests,
            OptionalLong leftNanos) {}

    /// Counts of requests: of the measurement under way, or since a control plane began.
    ///
    /// @param completed ended well
    /// @param met       of these, within every promise made to them
    /// @param errors    ended otherwise
    /// @param inFlight  sent and not ended; of a control plane, on engines now
    /// @param queued    waiting in the control plane now
    public record Counts(long completed, OptionalLong met, long errors, OptionalLong inFlight, OptionalLong queued) {}

    /// What is known of one engine.
    ///
    /// @param id        its name
    /// @param state     where it is in its life, as its control plane says; empty when only answers tell of it
    /// @param inService whether it gets requests, as far as that is known
    /// @param reason    why it is in this state; may be empty
    /// @param running   requests on it now
    /// @param completed requests it has answered
    /// @param failed    requests it has not
    /// @param ttft      times to first token of its answers; of nothing where nobody measures them by engine
    public record Instance(
            String id,
            String state,
            boolean inService,
            String reason,
            OptionalLong running,
            long completed,
            long failed,
            LatencyPercentiles ttft) {}

    /// One policy measured, or what a workload gave.
    ///
    /// @param policy    which
    /// @param where     of several benchmarks in a row which, and which repeat; may be empty
    /// @param underWay  whether it is being measured
    /// @param counts    of its requests
    /// @param spanNanos how long it has been measured
    /// @param ttft      times to first token
    /// @param tpot      times per output token
    public record PolicyFigures(
            String policy,
            String where,
            boolean underWay,
            Counts counts,
            long spanNanos,
            LatencyPercentiles ttft,
            LatencyPercentiles tpot) {}
}
