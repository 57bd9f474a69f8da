package io.sagebench.controlplane;

import io.sagebench.controlplane.ControlPlaneMetrics.Conservation;
import io.sagebench.metrics.Samples;
import io.sagebench.metrics.recent.RecentSeconds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a control plane counts and measures.
final class Books {
    private final PolicyInForce inForce;
    private final Groups groups = new Groups();
    private final TenantShares shares = new TenantShares();
    /// Gets the news for those who watch, when anybody may.
    private @Nullable RecentSeconds recent;

    // Since the control plane began.
    private long invalid;
    private long refusedAtOnce;
    private long admitted;
    private long completed;
    private long failed;
    private long cancelled;
    private long refusedLater;
    private long retried;
    private final EstimateErrors ttftErrors = new EstimateErrors();
    private final EstimateErrors tpotErrors = new EstimateErrors();
    private final EstimateErrors outputErrors = new EstimateErrors();

    // Since the policy in force was activated.
    private long sinceNanos;
    private int maxQueued;
    private long sloMet;
    private long sloTotal;
    private long endedHere;
    private Samples queueWait = new Samples(0);
    private Samples ttft = new Samples(0);
    private Samples tpot = new Samples(0);
    private Samples endToEnd = new Samples(0);
    private Samples decision = new Samples(0);

    Books(PolicyInForce inForce) {
        this.inForce = inForce;
    }

    /// Tells what ends and how fast from now on, too.
    void tell(RecentSeconds watched) {
        recent = watched;
        watched.inForce(inForce.active().policy());
    }

    /// Forgets all that is measured; what is counted since the control plane began stays.
    void reset(long nowNanos) {
        beginEpoch(nowNanos);
        groups.clear();
    }

    void beginEpoch(long nowNanos) {
        sinceNanos = nowNanos;
        maxQueued = 0;
        sloMet = 0;
        sloTotal = 0;
        endedHere = 0;
        queueWait = new Samples(0);
        ttft = new Samples(0);
        tpot = new Samples(0);
        endToEnd = new Samples(0);
        decision = new Samples(0);
        shares.clear();
        if (recent != null) {
            recent.inForce(inForce.active().policy());
        }
    }

    private Groups.Tally groupOf(Ticket ticket) {
        DispatchedTo where = ticket.where;
        return groups.of(ticket.submission, where == null ? inForce.active().policy() : where.policy(), true);
    }

    /// A client's own mistake breaks no promise: it is counted, and that is all.
    void refusedAtOnce(Submission submission, Refusal.Reason reason, long nowNanos) {
        Groups.Tally group = groups.of(submission, inForce.active().policy(), reason != Refusal.Reason.UNKNOWN_MODEL);
        if (reason.isMistakeOfClient()) {
            invalid++;
            group.ended(Groups.Ending.INVALID);
        } else {
            refusedAtOnce++;
            sloTotal++;
            group.ended(Groups.Ending.REFUSED);
            tellOfFailure(nowNanos);
        }
    }

    private void tellOfFailure(long nowNanos) {
        if (recent != null) {
            recent.failed(nowNanos);
        }
    }

    void admitted() {
        admitted++;
    }

    void queued(int queued) {
        maxQueued = Math.max(maxQueued, queued);
    }

    void decided(long nanos) {
        decision.add(nanos);
    }

    void dispatched(Ticket ticket, long queueNanos) {
        if (ticket.attempts == 1) {
            queueWait.add(queueNanos);
            groupOf(ticket).waited(queueNanos);
        }
    }

    void retried(Ticket ticket) {
        retried++;
        groupOf(ticket).retried();
    }

    /// The first token of this try has come. When the answer is sent as a whole another try may follow, and only the one that completes it counts.
    void firstToken(Ticket ticket, long nowNanos) {
        if (ticket.events.answerComesInParts()) {
            addTtft(ticket, nowNanos);
        }
        ttftErrors.add(ticket.predictedTtftNanos, (double) (nowNanos - ticket.dispatchedAtNanos));
    }

    private void addTtft(Ticket ticket, long nowNanos) {
        long nanos = ticket.firstTokenAtNanos - ticket.waiting.arrivedAtNanos();
        ttft.add(nanos);
        groupOf(ticket).firstToken(nanos);
        if (recent != null) {
            recent.firstToken(nowNanos, nanos);
        }
    }

    void completed(Ticket ticket, long nowNanos) {
        completed++;
        endedHere++;
        sloTotal++;
        long latency = nowNanos - ticket.waiting.arrivedAtNanos();
        endToEnd.add(latency);
        Groups.Tally group = groupOf(ticket);
        group.ended(Groups.Ending.COMPLETED);
        group.lasted(latency);
        shares.served(ticket.submission, (long) ticket.waiting.promptTokens() + ticket.outputTokens);
        if (ticket.outputTokens > 0) {
            if (!ticket.events.answerComesInParts()) {
                addTtft(ticket, nowNanos);
            }
            outputErrors.add(ticket.waiting.predicted().outputTokens(), ticket.outputTokens);
        }
        if (ticket.outputTokens >= 2) {
            double gap = (double) (nowNanos - ticket.firstTokenAtNanos) / (ticket.outputTokens - 1);
            tpotErrors.add(ticket.predictedTpotNanos, gap);
            tpot.add(Math.round(gap));
            group.tokenGap(Math.round(gap));
            if (recent != null) {
                recent.tokenGap(nowNanos, Math.round(gap));
            }
        }
        boolean met = met(ticket, latency);
        if (met) {
            sloMet++;
            group.met();
        }
        if (recent != null) {
            recent.completed(nowNanos, met, ticket.outputTokens);
        }
    }

    private static boolean met(Ticket ticket, long latencyNanos) {
        if (ticket.outputTokens == 0) { // nobody knows when its first token came
            return ticket.waiting.serviceLevel().isMetBy(OptionalLong.of(latencyNanos), OptionalLong.empty(), OptionalDouble.of(0));
        }
        long ttftNanos = ticket.firstTokenAtNanos - ticket.waiting.arrivedAtNanos();
        double tpotNanos = ticket.outputTokens < 2 ? 0 : (double) (latencyNanos - ttftNanos) / (ticket.outputTokens - 1);
        return ticket.waiting
                .serviceLevel()
                .isMetBy(OptionalLong.of(latencyNanos), OptionalLong.of(ttftNanos), OptionalDouble.of(tpotNanos));
    }

    void failed(Ticket ticket, long nowNanos) {
        failed++;
        endedHere++;
        sloTotal++;
        groupOf(ticket).ended(Groups.Ending.FAILED);
        tellOfFailure(nowNanos);
    }

    void cancelled(Ticket ticket, long nowNanos) {
        cancelled++;
        sloTotal++;
        groupOf(ticket).ended(Groups.Ending.CANCELLED);
        tellOfFailure(nowNanos);
    }

    void refusedLater(Ticket ticket, long nowNanos) {
        refusedLater++;
        sloTotal++;
        groupOf(ticket).ended(Groups.Ending.REFUSED);
        tellOfFailure(nowNanos);
    }

    Conservation counts(int queued, int running) {
        return new Conservation(invalid, refusedAtOnce, admitted, queued, running, completed, failed, cancelled, refusedLater);
    }

    List<GroupMetrics> groups() {
        return groups.summary();
    }

    /// Requests that engines ended per second since the policy was activated; 0 before the first.
    double endedPerSecond(long nowNanos) {
        return nowNanos <= sinceNanos ? 0 : endedHere * 1e9 / (nowNanos - sinceNanos);
    }

    ControlPlaneMetrics summary(int queued, int running, OptionalDouble saturation, long breakerOpenings) {
        PolicySwitch.Active active = inForce.active();
        var errors = new LinkedHashMap<String, ControlPlaneMetrics.EstimatorError>();
        errors.put("ttft", ttftErrors.summary());
        errors.put("tpot", tpotErrors.summary());
        errors.put("output_tokens", outputErrors.summary());
        return new ControlPlaneMetrics(
                active.policy(),
                active.epoch(),
                sinceNanos,
                counts(queued, running),
                queued,
                running,
                maxQueued,
                queueWait.summary(),
                ttft.summary(),
                tpot.summary(),
                endToEnd.summary(),
                decision.summary(),
                sloMet,
                sloTotal,
                errors,
                new ControlPlaneMetrics.Activity(retried, breakerOpenings, active.epoch() - 1),
                saturation,
                shares.jain(),
                inForce.policy().figures());
    }
}
