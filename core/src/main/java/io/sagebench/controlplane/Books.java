package io.sagebench.controlplane;

import io.sagebench.controlplane.ControlPlaneMetrics.Conservation;
import io.sagebench.metrics.Samples;
import java.util.LinkedHashMap;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a control plane counts and measures.
final class Books {
    // Since the control plane began.
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
    private Samples endToEnd = new Samples(0);
    private Samples decision = new Samples(0);

    void beginEpoch(long nowNanos) {
        sinceNanos = nowNanos;
        maxQueued = 0;
        sloMet = 0;
        sloTotal = 0;
        endedHere = 0;
        queueWait = new Samples(0);
        ttft = new Samples(0);
        endToEnd = new Samples(0);
        decision = new Samples(0);
    }

    void refusedAtOnce() {
        refusedAtOnce++;
        sloTotal++;
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
        }
    }

    void retried() {
        retried++;
    }

    /// Further tries after a failure.
    long retries() {
        return retried;
    }

    void firstToken(Ticket ticket, long nowNanos) {
        ttft.add(nowNanos - ticket.waiting.arrivedAtNanos());
        ttftErrors.add(ticket.predictedTtftNanos, (double) (nowNanos - ticket.dispatchedAtNanos));
    }

    void completed(Ticket ticket, long nowNanos) {
        completed++;
        endedHere++;
        sloTotal++;
        long latency = nowNanos - ticket.waiting.arrivedAtNanos();
        endToEnd.add(latency);
        if (ticket.outputTokens > 0) {
            outputErrors.add(ticket.waiting.predicted().outputTokens(), ticket.outputTokens);
        }
        if (ticket.outputTokens >= 2) {
            double tpot = (double) (nowNanos - ticket.firstTokenAtNanos) / (ticket.outputTokens - 1);
            tpotErrors.add(ticket.predictedTpotNanos, tpot);
        }
        if (met(ticket, latency)) {
            sloMet++;
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

    void failed() {
        failed++;
        endedHere++;
        sloTotal++;
    }

    void cancelled() {
        cancelled++;
        sloTotal++;
    }

    void refusedLater() {
        refusedLater++;
        sloTotal++;
    }

    /// Requests that engines ended per second since the policy was activated; 0 before the first.
    double endedPerSecond(long nowNanos) {
        return nowNanos <= sinceNanos ? 0 : endedHere * 1e9 / (nowNanos - sinceNanos);
    }

    ControlPlaneMetrics summary(PolicySwitch.Active active, int queued, int running) {
        var errors = new LinkedHashMap<String, ControlPlaneMetrics.EstimatorError>();
        errors.put("ttft", ttftErrors.summary());
        errors.put("tpot", tpotErrors.summary());
        errors.put("output_tokens", outputErrors.summary());
        return new ControlPlaneMetrics(
                active.policy(),
                active.epoch(),
                sinceNanos,
                new Conservation(
                        refusedAtOnce, admitted, queued, running, completed, failed, cancelled, refusedLater),
                queued,
                running,
                maxQueued,
                queueWait.summary(),
                ttft.summary(),
                endToEnd.summary(),
                decision.summary(),
                sloMet,
                sloTotal,
                errors);
    }
}
