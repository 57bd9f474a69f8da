package io.sagebench.report.engine;

import io.sagebench.journal.ContentEvents;
import io.sagebench.journal.RequestRecord;
import io.sagebench.journal.TokenCounts;
import io.sagebench.journal.TokenSource;
import io.sagebench.random.Seed;
import io.sagebench.request.Outcome;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.PlannedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Records made by hand.
final class Records {
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final long MILLI = 1_000_000;

    private Records() {}

    /// An answer, streamed, a token an event.
    static RequestRecord answer(int index, long intended, long sent, OptionalInt promptTokens, long... events) {
        var content = new ContentEvents();
        for (long at : events) {
            content.event(at * MILLI);
        }
        return new RequestRecord(
                planned(index, intended, events.length),
                OptionalLong.of(sent * MILLI),
                content,
                events[events.length - 1] * MILLI,
                new TokenCounts(promptTokens, OptionalInt.empty(), events.length, TokenSource.USAGE),
                Optional.empty(),
                new Outcome.Completed());
    }

    /// An answer that was not streamed.
    static RequestRecord whole(int index, long intended, long ended, int tokens) {
        var content = new ContentEvents();
        content.wholeBody(ended * MILLI);
        return new RequestRecord(
                planned(index, intended, tokens),
                OptionalLong.of(intended * MILLI),
                content,
                ended * MILLI,
                new TokenCounts(OptionalInt.of(128), OptionalInt.empty(), tokens, TokenSource.USAGE),
                Optional.empty(),
                new Outcome.Completed());
    }

    /// A request that came to nothing.
    static RequestRecord failure(int index, long intended, long ended, Outcome outcome) {
        return new RequestRecord(
                planned(index, intended, 10),
                OptionalLong.of(intended * MILLI),
                new ContentEvents(),
                ended * MILLI,
                TokenCounts.ofEvents(0),
                Optional.empty(),
                outcome);
    }

    private static PlannedRequest planned(int index, long intended, int output) {
        return new PlannedRequest(
                new RequestId("req-" + index), index, intended * MILLI, "mock-model", Priority.NORMAL, ServiceLevel.NONE, 128, output, new Seed(index));
    }

    static EngineWindow window(EngineWindow.Use use, RequestRecord... records) {
        return new EngineWindow(List.of(records), 0, START, use);
    }
}
