package io.sagebench.report.definitions;

import io.sagebench.report.results.StoredRequest;
import java.util.List;

/// The moments of a completed request in seconds since its window began.
///
/// @param intended when it should have left (`a`)
/// @param sent     when it left (`s`)
/// @param content  the pieces with content (`c`); empty for an answer that was not streamed
/// @param first    the first of these, not a number without
/// @param last     the last content, streamed or whole
/// @param ended    when the stream had ended (`e`)
record Moments(double intended, double sent, List<Double> content, double first, double last, double ended) {
    Moments {
        content = List.copyOf(content);
    }

    private static final double MILLIS = 1e3;

    static Moments of(StoredRequest request) {
        List<Double> content = request.content().stream().map(at -> at / MILLIS).toList();
        double last = request.lastContent().orElse(request.ended()) / MILLIS;
        return new Moments(
                request.intended() / MILLIS,
                request.sent().orElse(request.intended()) / MILLIS,
                content,
                content.isEmpty() ? Double.NaN : content.getFirst(),
                content.isEmpty() ? last : content.getLast(),
                Math.max(last, request.ended() / MILLIS));
    }

    boolean streamed() {
        return !content.isEmpty();
    }
}
