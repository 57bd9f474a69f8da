package io.sagebench.report.formats;

import io.sagebench.report.results.StoredRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The lists with an entry for each request, in the order of the plan, that other tools write when asked for details. Times are in seconds, and count
/// from the send; a request that failed has zeros and its error.
final class RequestDetails {
    private static final double MILLIS = 1e3;

    private final List<Row> rows = new ArrayList<>();

    private record Row(
            int repeat, long index, int input, int output, double ttft, List<Double> gaps, double startedAt, int cached, Optional<String> error) {}

    void take(StoredRequest request) {
        double sent = request.sent().orElse(request.intended());
        List<Double> content = request.content();
        var gaps = new ArrayList<Double>();
        for (int i = 1; request.success() && i < content.size(); i++) {
            gaps.add((content.get(i) - content.get(i - 1)) / MILLIS);
        }
        rows.add(new Row(
                request.repeat(),
                request.index(),
                request.promptTokens(),
                request.success() ? request.outputTokens() : 0,
                request.success() && !content.isEmpty() ? (content.getFirst() - sent) / MILLIS : 0,
                gaps,
                request.windowStart() + sent / MILLIS,
                request.cachedTokens().orElse(0),
                request.success() ? Optional.empty() : Optional.of(request.error().orElse("failed"))));
    }

    /// `input_lens`, `output_lens`, `ttfts`, `itls`, and `errors`, which is an empty text for a request that completed.
    ///
    /// @param startTimes whether `start_times`, in seconds since 1970, stand among them
    void put(ObjectNode json, boolean startTimes) {
        rows.sort(Comparator.comparingInt(Row::repeat).thenComparingLong(Row::index));
        ArrayNode inputs = json.putArray("input_lens");
        ArrayNode outputs = json.putArray("output_lens");
        ArrayNode ttfts = json.putArray("ttfts");
        ArrayNode itls = json.putArray("itls");
        rows.forEach(row -> {
            inputs.add(row.input);
            outputs.add(row.output);
            ttfts.add(row.ttft);
            ArrayNode gaps = itls.addArray();
            row.gaps.forEach(gaps::add);
        });
        if (startTimes) {
            ArrayNode starts = json.putArray("start_times");
            rows.forEach(row -> starts.add(row.startedAt));
        }
        ArrayNode errors = json.putArray("errors");
        rows.forEach(row -> errors.add(row.error.orElse("")));
    }

    /// `cached_tokens`.
    void putCached(ObjectNode json) {
        ArrayNode cached = json.putArray("cached_tokens");
        rows.forEach(row -> cached.add(row.cached));
    }
}
