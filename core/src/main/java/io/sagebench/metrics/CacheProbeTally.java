package io.sagebench.metrics;

import io.sagebench.journal.Journal;
import io.sagebench.journal.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Adds up the answers to prompts that are sent twice: first at an even index, then at the next. Belongs to its timeline.
public final class CacheProbeTally implements Journal {
    private final List<RequestRecord> cold = new ArrayList<>();
    private final List<RequestRecord> warm = new ArrayList<>();
    private @Nullable RequestRecord first;

    @Override
    public void write(RequestRecord ended) {
        if (ended.planned().index() % 2 == 0) {
            first = ended;
        } else if (first != null && isAnswered(first) && isAnswered(ended)) {
            cold.add(first);
            warm.add(ended);
        }
    }

    private static boolean isAnswered(RequestRecord ended) {
        return ended.isCompleted() && ended.ttftSinceSentNanos().isPresent();
    }

    /// What came of it; absent when no prompt was answered as a stream both times.
    public Optional<CacheProbe> result() {
        return cold.isEmpty()
                ? Optional.empty()
                : Optional.of(new CacheProbe(cold.size(), medianTtft(cold), medianTtft(warm), cachedShare(cold), cachedShare(warm)));
    }

    private static double medianTtft(List<RequestRecord> answers) {
        long[] sorted = answers.stream()
                .mapToLong(answer -> answer.ttftSinceSentNanos().orElseThrow())
                .sorted()
                .toArray();
        return Samples.percentile(sorted, 50);
    }

    private static OptionalDouble cachedShare(List<RequestRecord> answers) {
        long cached = 0;
        long all = 0;
        for (RequestRecord answer : answers) {
            if (answer.tokens().cachedPrompt().isEmpty() || answer.tokens().prompt().isEmpty()) {
                return OptionalDouble.empty();
            }
            cached += answer.tokens().cachedPrompt().getAsInt();
            all += answer.tokens().prompt().getAsInt();
        }
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) cached / all);
    }
}
