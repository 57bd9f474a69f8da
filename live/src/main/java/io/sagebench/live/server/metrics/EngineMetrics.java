package io.sagebench.live.server.metrics;

import io.sagebench.engine.EngineResult;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.SequenceReport;
import java.util.EnumMap;
import java.util.Map;

/// What is measured of a simulated engine beside what it counts itself: the lives of its requests, inside the engine and as its server sees them.
/// Belongs to the timeline.
public final class EngineMetrics implements EngineObserver {
    final Histogram stepTokens = new Histogram(Buckets.STEP_TOKENS);
    final Histogram timeToFirstToken = new Histogram(Buckets.TIME_TO_FIRST_TOKEN);
    final Histogram interToken = new Histogram(Buckets.TIME_PER_TOKEN);
    final Histogram timePerOutputToken = new Histogram(Buckets.TIME_PER_TOKEN);
    final Histogram endToEnd = new Histogram(Buckets.LATENCY);
    final Histogram queue = new Histogram(Buckets.LATENCY);
    final Histogram prefill = new Histogram(Buckets.LATENCY);
    final Histogram decode = new Histogram(Buckets.LATENCY);
    final Histogram inference = new Histogram(Buckets.LATENCY);
    final Histogram choices = new Histogram(Buckets.CHOICES);
    final Histogram promptTokens;
    final Histogram computedPromptTokens;
    final Histogram generatedTokens;
    final Histogram mostGeneratedTokens;
    final Histogram maxTokens;
    private final Map<FinishReason, Long> ended = new EnumMap<>(FinishReason.class);

    /// @param contextTokens the most tokens of a request, for the buckets of token counts
    public EngineMetrics(long contextTokens) {
        var tokenCounts = Buckets.oneTwoFive(contextTokens);
        promptTokens = new Histogram(tokenCounts);
        computedPromptTokens = new Histogram(tokenCounts);
        generatedTokens = new Histogram(tokenCounts);
        mostGeneratedTokens = new Histogram(tokenCounts);
        maxTokens = new Histogram(tokenCounts);
        for (FinishReason reason : FinishReason.values()) {
            ended.put(reason, 0L);
        }
    }

    @Override
    public void stepped(int scheduledTokens) {
        stepTokens.add(scheduledTokens);
    }

    /// Like vLLM, tells only the phases of requests that were not cancelled.
    @Override
    public void ended(SequenceReport report) {
        boolean wasServed = report.ending() == SequenceReport.Ending.FINISHED
                && report.admittedAtNanos().isPresent()
                && report.firstTokenAtNanos().isPresent()
                && report.lastTokenAtNanos().isPresent();
        if (!wasServed) {
            return;
        }
        long admittedAtNanos = report.admittedAtNanos().getAsLong();
        long firstAtNanos = report.firstTokenAtNanos().getAsLong();
        long lastAtNanos = report.lastTokenAtNanos().getAsLong();
        queue.addNanos(admittedAtNanos - report.queuedAtNanos());
        prefill.addNanos(firstAtNanos - admittedAtNanos);
        decode.addNanos(lastAtNanos - firstAtNanos);
        inference.addNanos(lastAtNanos - admittedAtNanos);
        if (report.outputTokens() > 1) {
            timePerOutputToken.addNanos((lastAtNanos - firstAtNanos) / (report.outputTokens() - 1));
        }
        computedPromptTokens.add(report.job().promptTokens() - report.cachedPromptTokens());
    }

    /// The first token of a request has come.
    ///
    /// @param sinceArrivalNanos since the request had arrived at the server
    public void firstToken(long sinceArrivalNanos) {
        timeToFirstToken.addNanos(sinceArrivalNanos);
    }

    /// A further token, or several at once, have come.
    ///
    /// @param sinceLastNanos since the token before
    public void nextToken(long sinceLastNanos) {
        interToken.addNanos(sinceLastNanos);
    }

    /// A request ended well.
    ///
    /// @param sinceArrivalNanos since the request had arrived at the server
    /// @param choiceCount       answers that its client asked for
    /// @param limitTokens       the most tokens it might have had; 0 when it was to have none
    public void completed(
            long sinceArrivalNanos, EngineResult result, int choiceCount, int limitTokens, FinishReason reason) {
        endToEnd.addNanos(sinceArrivalNanos);
        promptTokens.add(result.promptTokens());
        generatedTokens.add(result.outputTokens());
        mostGeneratedTokens.add(result.outputTokens());
        if (limitTokens > 0) {
            maxTokens.add(limitTokens);
        }
        choices.add(choiceCount);
        count(reason);
    }

    /// A request ended without a complete answer.
    public void gaveUp(FinishReason reason) {
        count(reason);
    }

    /// Requests that ended in that way.
    long ended(FinishReason reason) {
        return ended.getOrDefault(reason, 0L);
    }

    private void count(FinishReason reason) {
        ended.merge(reason, 1L, Long::sum);
    }
}
