package io.sagebench.benchmark;

import io.sagebench.journal.Journal;
import io.sagebench.journal.RequestRecord;
import io.sagebench.journal.TokenCounts;
import io.sagebench.journal.TokenSource;
import io.sagebench.live.client.AnswerTexts;
import io.sagebench.live.client.RawAnswer;
import io.sagebench.request.RequestId;
import io.sagebench.request.Tokenizer;
import io.sagebench.workload.PlannedRequest;
import io.sagebench.workload.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Counts by a tokenizer what servers do not count, after the window in which they were measured: counting is slow, and would disturb it. Until then it keeps
/// the texts.
final class TokenRecount implements AnswerTexts {
    private final Tokenizer tokenizer;
    private final Wording wording;
    private final Map<RequestId, RawAnswer> said = new ConcurrentHashMap<>();

    /// @param wording of the prompts that are sent
    TokenRecount(Tokenizer tokenizer, Wording wording) {
        this.tokenizer = tokenizer;
        this.wording = wording;
    }

    @Override
    public void keep(RequestId id, RawAnswer answer) {
        said.put(id, answer);
    }

    /// Begins a window.
    ///
    /// @param journal    gets all records, those at once that need no counting
    /// @param onTimeline runs actions on the timeline
    Window over(Journal journal, Consumer<Runnable> onTimeline) {
        said.clear(); // of the warm-up
        return new Window(journal, onTimeline);
    }

    /// The records of one window. Belongs to the timeline.
    final class Window implements Journal {
        private final Journal journal;
        private final Consumer<Runnable> onTimeline;
        private final List<RequestRecord> uncounted = new ArrayList<>();

        private Window(Journal journal, Consumer<Runnable> onTimeline) {
            this.journal = journal;
            this.onTimeline = onTimeline;
        }

        @Override
        public void write(RequestRecord ended) {
            TokenCounts tokens = ended.tokens();
            boolean isCounted = tokens.prompt().isPresent() && (tokens.source() == TokenSource.USAGE || !ended.planned().type().isGeneration());
            if (isCounted || !ended.isCompleted()) {
                said.remove(ended.planned().id());
                journal.write(ended);
            } else {
                uncounted.add(ended);
            }
        }

        /// Whether there is nothing to count.
        boolean isComplete() {
            return uncounted.isEmpty();
        }

        /// Counts on a thread of its own, and runs `then` on the timeline when the journal has all records.
        void finish(Runnable then) {
            if (isComplete()) {
                then.run();
                return;
            }
            Thread.ofPlatform().name("token-counting").daemon().start(() -> countAll(then));
        }

        private void countAll(Runnable then) {
            try {
                for (RequestRecord ended : uncounted) {
                    RequestRecord counted = counted(ended);
                    onTimeline.accept(() -> journal.write(counted));
                }
                onTimeline.accept(then);
            } catch (RuntimeException bug) {
                onTimeline.accept(() -> {
                    throw new IllegalStateException("the tokens of an answer could not be counted", bug);
                });
            }
        }
    }

    private RequestRecord counted(RequestRecord ended) {
        TokenCounts tokens = ended.tokens();
        RawAnswer answer = said.remove(ended.planned().id());
        if (answer != null && tokens.source() != TokenSource.USAGE) {
            tokens = tokens.withOutput(tokenizer.count(answer.text()), TokenSource.TOKENIZER);
        }
        if (tokens.prompt().isEmpty()) {
            tokens = tokens.withCountedPrompt(promptTokens(ended.planned()));
        }
        return ended.with(tokens);
    }

    private int promptTokens(PlannedRequest planned) {
        if (!planned.type().isGeneration()) {
            return planned.texts(wording).stream().mapToInt(tokenizer::count).sum();
        }
        return planned.systemPrompt().map(tokenizer::count).orElse(0) + tokenizer.count(planned.prompt(wording));
    }
}
