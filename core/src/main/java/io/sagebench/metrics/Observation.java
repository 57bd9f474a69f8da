package io.sagebench.metrics;

import io.sagebench.journal.ContentTimes;
import io.sagebench.journal.RequestRecord;
import java.util.OptionalLong;

/// What statistics need to know of one request. Times are in nanoseconds from any origin that its window has.
///
/// @param index          place in the plan
/// @param intendedAtNanos when it should leave
/// @param completedAtNanos when it completed; absent when it did not
/// @param endToEndNanos  absent when it did not complete
/// @param ttftNanos      absent when it did not complete or was not streamed
/// @param gapNanos       sum of the gaps that TBT counts
/// @param gaps           how many these are
/// @param met            whether it met its service level
/// @param outputTokens   of a completed one
public record Observation(
        long index,
        long intendedAtNanos,
        OptionalLong completedAtNanos,
        OptionalLong endToEndNanos,
        OptionalLong ttftNanos,
        double gapNanos,
        long gaps,
        boolean met,
        int outputTokens) {

    /// Of a record.
    public static Observation of(RequestRecord ended) {
        var planned = ended.planned();
        if (!ended.isCompleted()) {
            OptionalLong none = OptionalLong.empty();
            return new Observation(planned.index(), planned.intendedAtNanos(), none, none, none, 0, 0, false, 0);
        }
        ContentTimes content = ended.content();
        double gapNanos = 0;
        long gaps = 0;
        int events = content.events();
        if (events > 1 && events == ended.tokens().output()) {
            gaps = events - 1L;
            gapNanos = content.lastContentAtNanos().orElseThrow() - content.firstTokenAtNanos().orElseThrow();
        } else {
            for (int i = 1; i < events; i++) {
                int tokens = content.tokensOf(i);
                if (tokens > 0) {
                    gaps++;
                    gapNanos += (double) (content.eventAtNanos(i) - content.eventAtNanos(i - 1)) / tokens;
                }
            }
        }
        return new Observation(
                planned.index(),
                planned.intendedAtNanos(),
                content.lastContentAtNanos().isPresent()
                        ? content.lastContentAtNanos()
                        : OptionalLong.of(ended.endedAtNanos()),
                ended.endToEndNanos(),
                ended.ttftNanos(),
                gapNanos,
                gaps,
                ended.metServiceLevel(),
                ended.tokens().output());
    }

    /// Whether it completed.
    public boolean completed() {
        return completedAtNanos.isPresent();
    }
}
