package io.sagebench.engine.sim.embedding;

import io.sagebench.engine.Ask;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.sim.SequenceReport;
import io.sagebench.engine.sim.SequenceReport.Ending;
import java.util.List;
import java.util.OptionalLong;

/// One job inside the engine: its texts, and how many of them are not embedded yet.
final class TextJob {
    /// Where a job is.
    enum State {
        ARRIVING,
        INSIDE,
        ENDED
    }

    State state = State.ARRIVING;
    private final EngineJob asked;
    private final EngineEvents events;
    private final List<Text> texts;
    private int unfinished;
    private long queuedAtNanos;
    private OptionalLong admittedAtNanos = OptionalLong.empty();

    TextJob(EngineJob asked, EngineEvents events) {
        this.asked = asked;
        this.events = events;
        this.texts = asked.ask().texts().map(Ask.Texts::tokens).orElse(List.of()).stream()
                .map(tokens -> new Text(this, tokens))
                .toList();
        this.unfinished = texts.size();
    }

    EngineJob asked() {
        return asked;
    }

    EngineEvents events() {
        return events;
    }

    List<Text> texts() {
        return texts;
    }

    int count() {
        return texts.size();
    }

    /// Texts that are not embedded yet.
    int unfinished() {
        return unfinished;
    }

    long queuedAtNanos() {
        return queuedAtNanos;
    }

    /// Tokens of its longest text.
    int longest() {
        int longest = 0;
        for (Text text : texts) {
            longest = Math.max(longest, text.tokens());
        }
        return longest;
    }

    /// Its texts are queued.
    void enter(long nowNanos) {
        state = State.INSIDE;
        queuedAtNanos = nowNanos;
    }

    /// One of its texts is in a batch now; the first counts.
    void admitted(long atNanos) {
        if (admittedAtNanos.isEmpty()) {
            admittedAtNanos = OptionalLong.of(atNanos);
        }
    }

    /// One of its texts is embedded.
    ///
    /// @return how many are not
    int oneLess() {
        unfinished--;
        return unfinished;
    }

    SequenceReport report(Ending ending) {
        return new SequenceReport(asked, ending, queuedAtNanos, admittedAtNanos, OptionalLong.empty(), OptionalLong.empty(), 0, 0);
    }
}
