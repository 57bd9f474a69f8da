package io.sagebench.journal;

import io.sagebench.request.Outcome;
import io.sagebench.workload.PlannedRequest;
import io.sagebench.workload.PlannedRequestBuilder;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The record of one request for tests: completed, sent when intended, without content, tokens counted by the server.
public final class RecordBuilder {
    private final PlannedRequest planned;
    private final ContentEvents content = new ContentEvents();
    private OptionalLong sentAtNanos;
    private long endedAtNanos;
    private OptionalInt promptTokens = OptionalInt.empty();
    private int outputTokens;
    private TokenSource source = TokenSource.USAGE;
    private Optional<ServedBy> servedBy = Optional.empty();
    private Optional<Vectors> vectors = Optional.empty();
    private Outcome outcome = new Outcome.Completed();

    private RecordBuilder(PlannedRequest planned) {
        this.planned = planned;
        this.sentAtNanos = OptionalLong.of(planned.intendedAtNanos());
        this.endedAtNanos = planned.intendedAtNanos();
    }

    /// The record of `planned`.
    public static RecordBuilder aRecordOf(PlannedRequest planned) {
        return new RecordBuilder(planned);
    }

    /// The record of what is planned.
    public static RecordBuilder aRecordOf(PlannedRequestBuilder planned) {
        return new RecordBuilder(planned.build());
    }

    /// When it was sent.
    public RecordBuilder sentAtMillis(long millis) {
        sentAtNanos = OptionalLong.of(millis * 1_000_000);
        return this;
    }

    /// It was never sent.
    public RecordBuilder notSent() {
        sentAtNanos = OptionalLong.empty();
        return this;
    }

    /// A content event; the server said how many tokens it brought.
    public RecordBuilder eventAtMillis(long millis, int tokens) {
        content.event(millis * 1_000_000, tokens);
        return ended(millis);
    }

    /// A content event; nobody said how many tokens it brought.
    public RecordBuilder eventAtMillis(long millis) {
        content.event(millis * 1_000_000);
        return ended(millis);
    }

    /// The whole answer, not streamed.
    public RecordBuilder wholeBodyAtMillis(long millis) {
        content.wholeBody(millis * 1_000_000);
        return ended(millis);
    }

    /// When it ended, in nanoseconds.
    public RecordBuilder endedAtNanos(long nanos) {
        endedAtNanos = nanos;
        return this;
    }

    /// When it ended.
    public RecordBuilder endedAtMillis(long millis) {
        return ended(millis);
    }

    /// Tokens of the answer, as the server counted them.
    public RecordBuilder outputTokens(int tokens) {
        outputTokens = tokens;
        return this;
    }

    /// Tokens of the prompt, as the server counted them.
    public RecordBuilder promptTokens(int tokens) {
        promptTokens = OptionalInt.of(tokens);
        return this;
    }

    /// Who counted the output tokens.
    public RecordBuilder source(TokenSource of) {
        source = of;
        return this;
    }

    /// How long the control plane says it queued.
    public RecordBuilder queuedMillis(long millis) {
        servedBy = Optional.of(
                new ServedBy("engine-1", "fifo", OptionalLong.of(1), OptionalLong.of(millis * 1_000_000)));
        return this;
    }

    /// Which engine answered, without a wait in the queue.
    public RecordBuilder servedBy(String engine) {
        servedBy = Optional.of(new ServedBy(engine, "fifo", OptionalLong.of(1), OptionalLong.of(0)));
        return this;
    }

    /// So many vectors came back.
    public RecordBuilder vectors(int count) {
        vectors = Optional.of(new Vectors(count, OptionalInt.empty()));
        return this;
    }

    /// How it ended.
    public RecordBuilder outcome(Outcome how) {
        outcome = how;
        return this;
    }

    /// The record.
    public RequestRecord build() {
        return new RequestRecord(
                planned,
                sentAtNanos,
                content,
                endedAtNanos,
                new TokenCounts(promptTokens, OptionalInt.empty(), outputTokens, source),
                vectors,
                servedBy,
                outcome);
    }

    private RecordBuilder ended(long millis) {
        endedAtNanos = millis * 1_000_000;
        return this;
    }
}
