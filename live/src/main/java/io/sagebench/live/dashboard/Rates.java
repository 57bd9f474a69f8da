package io.sagebench.live.dashboard;

import io.sagebench.metrics.recent.RecentPoint;
import java.util.List;
import java.util.Optional;

/// What happened per second lately, over the last whole seconds there are.
///
/// @param completed  requests
/// @param met        requests that kept their promises
/// @param errors     requests that did not complete
/// @param outputTokens tokens of completed answers
record Rates(double completed, double met, double errors, double outputTokens) {

    /// Over at most so many seconds. The last point is the second under way and not counted.
    ///
    /// @return absent before the first whole second
    static Optional<Rates> of(List<RecentPoint> recent, int seconds) {
        int end = recent.size() - 1;
        if (end < 1) {
            return Optional.empty();
        }
        List<RecentPoint> lately = recent.subList(Math.max(0, end - seconds), end);
        double count = lately.size();
        return Optional.of(new Rates(
                lately.stream().mapToInt(RecentPoint::completed).sum() / count,
                lately.stream().mapToInt(RecentPoint::met).sum() / count,
                lately.stream().mapToInt(RecentPoint::errors).sum() / count,
                lately.stream().mapToLong(RecentPoint::outputTokens).sum() / count));
    }
}
