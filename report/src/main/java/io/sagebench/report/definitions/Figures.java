package io.sagebench.report.definitions;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Gathers what one tool says of the requests of a run.
public final class Figures {
    private final Map<String, Distribution> distributions = new LinkedHashMap<>();
    private double begin = Double.POSITIVE_INFINITY;
    private double end = Double.NEGATIVE_INFINITY;

    /// One sample of a figure.
    void add(String figure, double seconds) {
        add(figure, seconds, 1);
    }

    /// One sample of a figure that counts for so many.
    void add(String figure, double seconds, double weight) {
        distributions.computeIfAbsent(figure, _ -> new Distribution()).add(seconds, weight);
    }

    /// The tool's clock runs at least over this time, in seconds.
    void span(double from, double to) {
        begin = Math.min(begin, from);
        end = Math.max(end, to);
    }

    /// The distributions by their names, as the tool calls them; times in seconds.
    public Map<String, Distribution> distributions() {
        return Collections.unmodifiableMap(distributions);
    }

    /// One of them; absent when no request has such a figure.
    public Optional<Distribution> of(String figure) {
        return Optional.ofNullable(distributions.get(figure));
    }

    /// The tool's reporting window, in seconds; not a number without requests.
    public double windowSeconds() {
        return end >= begin ? end - begin : Double.NaN;
    }
}
