package io.sagebench.journal;

import io.sagebench.request.Outcome;
import io.sagebench.workload.PlannedRequest;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Everything that is known of one request after it ended. All times are nanoseconds since the run began.
///
/// @param planned      what was intended
/// @param sentAtNanos  when its bytes were handed to the kernel; absent when they never were
/// @param content      when content came
/// @param endedAtNanos when it ended, whichever way
/// @param tokens       how many tokens it took
/// @param vectors      what came back for texts to embed; absent for prompts, and when nothing did
/// @param servedBy     what the control plane said of itself, when it did
/// @param outcome      how it ended
public record RequestRecord(
        PlannedRequest planned,
        OptionalLong sentAtNanos,
        ContentTimes content,
        long endedAtNanos,
        TokenCounts tokens,
        Optional<Vectors> vectors,
        Optional<ServedBy> servedBy,
        Outcome outcome) {

    /// One without vectors.
    public RequestRecord(
            PlannedRequest planned,
            OptionalLong sentAtNanos,
            ContentTimes content,
            long endedAtNanos,
            TokenCounts tokens,
            Optional<ServedBy> servedBy,
            Outcome outcome) {
        this(planned, sentAtNanos, content, endedAtNanos, tokens, Optional.empty(), servedBy, outcome);
    }

    /// The same with other counts of tokens.
    public RequestRecord with(TokenCounts others) {
        return new RequestRecord(planned, sentAtNanos, content, endedAtNanos, others, vectors, servedBy, outcome);
    }

    /// Whether it completed.
    public boolean isCompleted() {
        return outcome instanceof Outcome.Completed;
    }

    /// Send lag: how much later than intended it was sent. Absent when it was not sent.
    public OptionalLong sendLagNanos() {
        return sentAtNanos.isPresent()
                ? OptionalLong.of(sentAtNanos.getAsLong() - planned.intendedAtNanos())
                : OptionalLong.empty();
    }

    /// Time to first token (TTFT) from the intended time; absent when no content came or it was not streamed.
    public OptionalLong ttftNanos() {
        return since(planned.intendedAtNanos(), content.firstTokenAtNanos());
    }

    /// End-to-end latency from the intended time to the last content; absent when none came.
    public OptionalLong endToEndNanos() {
        return since(planned.intendedAtNanos(), content.lastContentAtNanos());
    }

    /// Time to first token counted from the real send.
    public OptionalLong ttftSinceSentNanos() {
        return sentAtNanos.isPresent()
                ? since(sentAtNanos.getAsLong(), content.firstTokenAtNanos())
                : OptionalLong.empty();
    }

    /// End-to-end latency counted from the real send.
    public OptionalLong endToEndSinceSentNanos() {
        return sentAtNanos.isPresent()
                ? since(sentAtNanos.getAsLong(), content.lastContentAtNanos())
                : OptionalLong.empty();
    }

    /// Time per output token (TPOT): (last - first) / (tokens - 1), in nanoseconds. Absent for fewer than two tokens and without streaming.
    public OptionalDouble tpotNanos() {
        if (tokens.output() < 2 || content.firstTokenAtNanos().isEmpty()) {
            return OptionalDouble.empty();
        }
        long span = content.lastContentAtNanos().orElseThrow() - content.firstTokenAtNanos().getAsLong();
        return OptionalDouble.of((double) span / (tokens.output() - 1));
    }

    /// Whether it completed within every promise made to it. A promise about tokens that cannot be checked, because the answer was not
    /// streamed, counts as not met.
    public boolean metServiceLevel() {
        OptionalDouble tpotNanos = tokens.output() < 2 ? OptionalDouble.of(0) : tpotNanos();
        return isCompleted() && planned.serviceLevel().isMetBy(endToEndNanos(), ttftNanos(), tpotNanos);
    }

    private static OptionalLong since(long fromNanos, OptionalLong toNanos) {
        return toNanos.isPresent() ? OptionalLong.of(toNanos.getAsLong() - fromNanos) : OptionalLong.empty();
    }
}
