package io.sagebench.metrics;

import static io.sagebench.journal.RecordBuilder.aRecordOf;
import static io.sagebench.workload.PlannedRequestBuilder.aPlannedRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.journal.RecordBuilder;
import io.sagebench.journal.TokenSource;
import io.sagebench.request.Outcome;
import io.sagebench.request.Priority;
import io.sagebench.request.TimeoutPhase;
import java.util.List;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MetricsCollectorTest {
    private static final Offset<Double> EXACTLY = within(1e-9);
    private final MetricsCollector collector = new MetricsCollector();

    @Test
    void withoutRecordsNothingIsMeasured() {
        RunMetrics metrics = metrics();
        assertThat(metrics.counts().total()).isZero();
        assertThat(metrics.slo().attainment()).isEmpty();
        assertThat(metrics.throughput().requestsPerSecond()).isEmpty();
        assertThat(metrics.throughput().offeredRequestsPerSecond()).isEmpty();
        assertThat(metrics.endToEnd()).isEmpty();
        assertThat(metrics.counts().errorRate()).isZero();
    }

    @Test
    void tellsPromptsAndTextsApart() {
        write(completedAt(0, 10));
        write(aRecordOf(aPlannedRequest(1).atMillis(0).completion()).eventAtMillis(20, 1).eventAtMillis(30, 1).outputTokens(2));
        var texts = aPlannedRequest(2).atMillis(0).texts(5, 5, 5, 5);
        write(aRecordOf(texts).wholeBodyAtMillis(40).vectors(4));
        write(aRecordOf(texts).endedAtMillis(50).outcome(new Outcome.HttpError(500, "oops")));
        RunMetrics.Parts parts = metrics().parts();
        assertThat(parts.llm().total()).isEqualTo(2);
        assertThat(parts.llm().completed()).isEqualTo(2);
        assertThat(parts.llm().endToEnd().orElseThrow().mean()).isEqualTo(20e6);
        assertThat(parts.llm().averageBatch()).isEmpty();
        assertThat(parts.embedding().total()).isEqualTo(2);
        assertThat(parts.embedding().completed()).isEqualTo(1);
        assertThat(parts.embedding().averageBatch()).hasValue(4);
        assertThat(parts.llmShare()).hasValue(0.5);
        // 40 ms from the first intended time to the last completion
        assertThat(parts.textsPerSecond().orElseThrow()).isEqualTo(100, EXACTLY);
        assertThat(parts.embeddingRequestsPerSecond().orElseThrow()).isEqualTo(25, EXACTLY);
        assertThat(parts.llmRequestsPerSecond().orElseThrow()).isEqualTo(50, EXACTLY);
        assertThat(metrics().tokens().outputSources()).as("texts have no output").containsExactly(entry("usage", 2L));
    }

    @Test
    void theFourCountsSumToTheTotalWhateverTheOutcomes() {
        List<Outcome> outcomes = List.of(
                new Outcome.Completed(),
                new Outcome.Completed(),
                new Outcome.Rejected(429, "queue_full"),
                new Outcome.HttpError(500, "oops"),
                new Outcome.StreamError("oops"),
                new Outcome.Truncated(),
                new Outcome.Empty("no content"),
                new Outcome.TimedOut(TimeoutPhase.IDLE),
                new Outcome.ConnectionFailed("refused"),
                new Outcome.Cancelled());
        outcomes.forEach(outcome -> write(completedAt(0, 10).outcome(outcome)));
        RunMetrics metrics = metrics();
        var counts = metrics.counts();
        assertThat(counts.total()).isEqualTo(10);
        assertThat(counts.completed()).isEqualTo(2);
        assertThat(counts.rejected()).isEqualTo(1);
        assertThat(counts.timedOut()).isEqualTo(1);
        assertThat(counts.failed()).isEqualTo(6);
        assertThat(counts.completed() + counts.rejected() + counts.timedOut() + counts.failed()).isEqualTo(counts.total());
        assertThat(counts.byOutcome()).containsEntry("completed", 2L).containsEntry("truncated", 1L).hasSize(9);
        assertThat(counts.errorRate()).isEqualTo(0.6);
        assertThat(counts.timeoutRate()).isEqualTo(0.1);
        assertThat(counts.rejectedRate()).isEqualTo(0.1);
        assertThat(metrics.slo().total()).as("the denominator is all").isEqualTo(10);
        assertThat(metrics.slo().attainment()).hasValue(0.2);
        assertThat(metrics.endToEnd().orElseThrow().count()).as("only completed ones have latencies").isEqualTo(2);
    }

    @Test
    void theWorkedStreamGivesGapsAndGapsPerToken() {
        write(aRecordOf(aPlannedRequest(1).tokens(10, 4))
                .sentAtMillis(10)
                .eventAtMillis(200, 1)
                .eventAtMillis(260, 2)
                .eventAtMillis(300, 1)
                .outputTokens(4));
        RunMetrics metrics = metrics();
        assertThat(metrics.itl().orElseThrow().count()).isEqualTo(2);
        assertThat(metrics.itl().orElseThrow().min()).isEqualTo(40e6);
        assertThat(metrics.itl().orElseThrow().max()).isEqualTo(60e6);
        assertThat(metrics.tbt().orElseThrow().min()).as("60 ms over 2 tokens").isEqualTo(30e6);
        assertThat(metrics.tbt().orElseThrow().max()).as("40 ms over 1 token").isEqualTo(40e6);
        assertThat(metrics.tpot().orElseThrow().mean()).isCloseTo(100e6 / 3, within(1.0));
        assertThat(metrics.ttft().orElseThrow().mean()).isEqualTo(200e6);
        assertThat(metrics.ttftSinceSent().orElseThrow().mean()).isEqualTo(190e6);
        assertThat(metrics.endToEnd().orElseThrow().mean()).isEqualTo(300e6);
        assertThat(metrics.endToEndSinceSent().orElseThrow().mean()).isEqualTo(290e6);
        assertThat(metrics.sendLag().orElseThrow().mean()).isEqualTo(10e6);
    }

    @Test
    void gapsPerTokenAreUnknownWhenNobodySaysHowManyTokensAnEventBrought() {
        write(aRecordOf(aPlannedRequest(1).tokens(10, 4)).eventAtMillis(200).eventAtMillis(260).eventAtMillis(300).outputTokens(4));
        RunMetrics metrics = metrics();
        assertThat(metrics.itl().orElseThrow().count()).isEqualTo(2);
        assertThat(metrics.tbt()).isEmpty();
    }

    @Test
    void asManyEventsAsTokensMeansOneEach() {
        write(aRecordOf(aPlannedRequest(1).tokens(10, 3)).eventAtMillis(200).eventAtMillis(260).eventAtMillis(300).outputTokens(3));
        assertThat(metrics().tbt().orElseThrow().mean()).isEqualTo(50e6);
    }

    @Test
    void ratesAreOverTheTimeFromTheFirstIntendedToTheLastCompletion() {
        write(completedAt(1_000, 1_500));
        write(completedAt(2_000, 5_000).outputTokens(6));
        write(completedAt(3_000, 9_000).outcome(new Outcome.TimedOut(TimeoutPhase.TOTAL)));
        var throughput = metrics().throughput();
        assertThat(throughput.windowStartNanos()).isEqualTo(1_000_000_000);
        assertThat(throughput.durationSeconds()).as("1 s to 5 s").isEqualTo(4);
        assertThat(throughput.requestsPerSecond()).hasValue(0.5);
        assertThat(throughput.outputTokensPerSecond()).as("2 + 6 tokens").hasValue(2);
        assertThat(throughput.inputTokensPerSecond()).as("twice 10 as asked").hasValue(5);
        assertThat(throughput.offeredRequestsPerSecond()).as("2 gaps in 2 s").hasValue(1);
        assertThat(throughput.peakInFlight()).isEqualTo(3);
    }

    @Test
    void theWindowStartsAtTheFirstIntendedTimeThoughALaterRequestEndedFirst() {
        write(completedAt(500, 600));
        write(completedAt(100, 900));
        assertThat(metrics().throughput().windowStartNanos()).isEqualTo(100_000_000);
    }

    @Test
    void windowsAddUpWithoutTheTimeBetween() {
        write(completedAt(0, 1_000));
        write(completedAt(500, 2_000));
        collector.endWindow();
        collector.endWindow();
        write(completedAt(10_000, 11_000));
        write(completedAt(10_250, 13_000));
        var throughput = metrics().throughput();
        assertThat(throughput.durationSeconds()).as("2 s and 3 s").isEqualTo(5);
        assertThat(throughput.requestsPerSecond()).hasValue(0.8);
        assertThat(throughput.offeredRequestsPerSecond().orElseThrow()).as("2 gaps in 0.75 s").isCloseTo(2 / 0.75, EXACTLY);
    }

    @Test
    void aWindowWithoutCompletionsLastsUntilItsLastRequestEnded() {
        write(completedAt(0, 4_000).outcome(new Outcome.HttpError(500, "oops")));
        var throughput = metrics().throughput();
        assertThat(throughput.durationSeconds()).isEqualTo(4);
        assertThat(throughput.requestsPerSecond()).hasValue(0);
    }

    @Test
    void everyPriorityAndModelHasNumbersOfItsOwn() {
        write(aRecordOf(aPlannedRequest(1).priority(Priority.HIGH).model("a").dueMillis(100)).eventAtMillis(50, 1).outputTokens(1));
        write(aRecordOf(aPlannedRequest(2).priority(Priority.HIGH).model("b").dueMillis(100)).eventAtMillis(150, 1).outputTokens(1));
        write(aRecordOf(aPlannedRequest(3).priority(Priority.LOW).model("a").dueMillis(100))
                .endedAtMillis(9)
                .outcome(new Outcome.Rejected(429, "queue_full")));
        RunMetrics metrics = metrics();
        assertThat(metrics.byPriority()).containsOnlyKeys(Priority.HIGH, Priority.LOW);
        assertThat(group(metrics.byPriority().get(Priority.HIGH)).slo().attainment()).hasValue(0.5);
        assertThat(group(metrics.byPriority().get(Priority.LOW)).slo().attainment()).hasValue(0);
        assertThat(group(metrics.byPriority().get(Priority.LOW)).endToEnd()).isEmpty();
        assertThat(group(metrics.byModel().get("a")).total()).isEqualTo(2);
        assertThat(group(metrics.byModel().get("b")).endToEnd().orElseThrow().mean()).isEqualTo(150e6);
        assertThat(metrics.throughput().goodputPerSecond().orElseThrow()).isCloseTo(1 / 0.15, EXACTLY);
    }

    @Test
    void tellsWhereTokensComeFromAndWhereLengthsAreNotAsAsked() {
        write(completedAt(0, 10).promptTokens(11));
        write(completedAt(0, 10).outputTokens(5).source(TokenSource.CONTENT_EVENTS));
        RunMetrics.TokenTotals tokens = metrics().tokens();
        assertThat(tokens.input()).as("11 as counted, 10 as asked").isEqualTo(21);
        assertThat(tokens.output()).isEqualTo(7);
        assertThat(tokens.promptMismatches()).isEqualTo(1);
        assertThat(tokens.outputMismatches()).isEqualTo(1);
        assertThat(tokens.outputSources()).containsEntry("usage", 1L).containsEntry("content_events", 1L);
    }

    /// Prompts of 10 tokens were asked for, and answers of 2.
    @Test
    void comparesTheLengthsThatWereAskedWithThoseThatCame() {
        write(completedAt(0, 10).promptTokens(12));
        write(completedAt(0, 10).promptTokens(10));
        write(completedAt(0, 10));
        LengthMatch prompts = metrics().tokens().prompts();
        assertThat(prompts.sources()).containsExactly(entry("usage", 2L), entry("estimate", 1L));
        assertThat(prompts.compared()).as("an estimate is compared with nothing").isEqualTo(2);
        assertThat(prompts.meanAsked()).hasValue(10);
        assertThat(prompts.meanReceived()).hasValue(11);
        assertThat(prompts.meanMismatch()).hasValue(1);
        assertThat(prompts.mismatchShare()).hasValue(0.1);
        assertThat(prompts.largest()).isEqualTo(2);
        assertThat(prompts.exactShare()).hasValue(0.5);
        assertThat(metrics().validity().notes())
                .anyMatch(note -> note.startsWith("prompts were 10 % off the asked length on average (asked 10.0 tokens, counted 11.0)"))
                .noneMatch(note -> note.startsWith("answers were"));
    }

    @Test
    void theQueueWaitIsWhatTheControlPlaneSays() {
        write(completedAt(0, 100).queuedMillis(30));
        write(completedAt(0, 100));
        assertThat(metrics().queueWait().orElseThrow().count()).isEqualTo(1);
    }

    private static RunMetrics.Group group(RunMetrics.@org.jspecify.annotations.Nullable Group found) {
        return java.util.Objects.requireNonNull(found);
    }

    /// One that was asked for two tokens and got them, the first a nanosecond-exact 5 ms before the end.
    private static RecordBuilder completedAt(long intendedMillis, long endMillis) {
        return aRecordOf(aPlannedRequest(intendedMillis).atMillis(intendedMillis).tokens(10, 2))
                .eventAtMillis(endMillis - 5, 1)
                .eventAtMillis(endMillis, 1)
                .outputTokens(2);
    }

    private void write(RecordBuilder ended) {
        collector.write(ended.build());
    }

    private RunMetrics metrics() {
        return collector.metrics(3, new ClientHealth(OptionalDouble.empty(), OptionalDouble.empty(), 0, 0));
    }
}
