package io.sagebench.controlplane;

import io.sagebench.request.RequestId;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Where one request is, or how it ended. Times are nanoseconds since the run began.
///
/// @param sequence          its place in the order of arrival, which tells requests with the same id apart
/// @param id                the caller's id
/// @param state             where it is
/// @param times             when what happened
/// @param where             the engine it went to last, and who decided that; absent before
/// @param attempts          how often it went to an engine
/// @param outputTokens      tokens of its answer that came
/// @param message           why it failed or was refused, for people; empty otherwise
public record RequestStatus(
        long sequence,
        RequestId id,
        State state,
        Times times,
        Optional<DispatchedTo> where,
        int attempts,
        int outputTokens,
        String message) {

    /// Where a request is. The last four are final.
    public enum State {
        QUEUED,
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED,
        REFUSED;

        /// The name in answers of the admin endpoints.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether it stays so.
        public boolean isFinal() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /// When what happened to a request; absent is what has not.
    ///
    /// @param arrivedAtNanos    when it came
    /// @param dispatchedAtNanos when it went to an engine last
    /// @param firstTokenAtNanos when the first token came from there
    /// @param endedAtNanos      when it ended
    public record Times(
            long arrivedAtNanos, OptionalLong dispatchedAtNanos, OptionalLong firstTokenAtNanos, OptionalLong endedAtNanos) {}
}
