package io.sagebench.report.results;

import io.sagebench.metrics.Observation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One request as a results file has it. Moments are milliseconds since its measured window began.
///
/// @param id            its name
/// @param policy        under which policy
/// @param repeat        in which measurement of it, from 1
/// @param index         place in the plan
/// @param type          `llm_chat`, `llm_generate` or `embedding`
/// @param model         the model asked for
/// @param success       whether it completed
/// @param error         how it ended, when it did not complete
/// @param metSlo        whether it met its service level
/// @param windowStart   when its window began, in seconds since 1970
/// @param intended      when it should have left
/// @param sent          when it was sent
/// @param firstChunk    when the first piece of the answer came, even one without content; absent when that is not known
/// @param content       when each piece with content came, in order; empty when the answer was not streamed
/// @param contentTokens how many tokens each of these brought; empty when that is not known
/// @param lastChunk     when the last piece with a choice came, even one without content; absent when that is not known
/// @param lastContent   when the last content came, or the whole answer
/// @param ended         when it ended
/// @param promptAsked   the length of the prompt that was asked for
/// @param promptTokens  as the server counted them, else as asked
/// @param cachedTokens  prompt tokens from the server's cache, when it says so
/// @param outputTokens  of the answer
/// @param usageKnown    whether the server counted the output tokens
/// @param outputAsked   the length asked for
/// @param texts         how many texts it brought to embed
/// @param deadlineMillis its E2E deadline
public record StoredRequest(
        String id,
        String policy,
        int repeat,
        long index,
        String type,
        String model,
        boolean success,
        Optional<String> error,
        boolean metSlo,
        double windowStart,
        double intended,
        OptionalDouble sent,
        OptionalDouble firstChunk,
        List<Double> content,
        List<Integer> contentTokens,
        OptionalDouble lastChunk,
        OptionalDouble lastContent,
        double ended,
        int promptAsked,
        int promptTokens,
        OptionalInt cachedTokens,
        int outputTokens,
        boolean usageKnown,
        int outputAsked,
        int texts,
        OptionalDouble deadlineMillis) {
    private static final double NANOS_PER_MILLI = 1e6;

    public StoredRequest {
        content = List.copyOf(content);
        contentTokens = List.copyOf(contentTokens);
    }

    /// What statistics need to know of it.
    public Observation observation() {
        if (!success) {
            OptionalLong none = OptionalLong.empty();
            return new Observation(index, nanos(intended), none, none, none, 0, 0, false, 0);
        }
        double gapMillis = 0;
        int gaps = 0;
        boolean oneEach = content.size() == outputTokens;
        for (int i = 1; i < content.size(); i++) {
            int tokens = oneEach ? 1 : contentTokens.isEmpty() ? 0 : contentTokens.get(i);
            if (tokens > 0) {
                gapMillis += (content.get(i) - content.get(i - 1)) / tokens;
                gaps++;
            }
        }
        return new Observation(
                index,
                nanos(intended),
                OptionalLong.of(nanos(lastContent.orElse(ended))),
                lastContent.isPresent() ? OptionalLong.of(nanos(lastContent.getAsDouble() - intended)) : OptionalLong.empty(),
                content.isEmpty() ? OptionalLong.empty() : OptionalLong.of(nanos(content.getFirst() - intended)),
                gapMillis * NANOS_PER_MILLI,
                gaps,
                metSlo,
                outputTokens);
    }

    /// When it ended, in nanoseconds since its window began.
    public long endedAtNanos() {
        return nanos(ended);
    }

    private static long nanos(double millis) {
        return Math.round(millis * NANOS_PER_MILLI);
    }
}
