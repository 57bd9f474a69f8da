package io.sagebench.monitor;

import io.sagebench.request.Check;
import java.util.List;
import java.util.stream.Stream;

/// The samples of one measured window, in the order of time; with them the last before it and the first after it, if they are known.
///
/// @param durationNanos from its beginning, which is 0, to its end
/// @param samples       of all sources
public record WatchedWindow(long durationNanos, List<Sample> samples) {
    public WatchedWindow {
        Check.notNegative(durationNanos, "durationNanos");
        samples = List.copyOf(samples);
    }

    /// Those that were taken inside it.
    public Stream<Sample> inside() {
        return samples.stream().filter(this::isInside);
    }

    boolean isInside(Sample sample) {
        return sample.atNanos() >= 0 && sample.atNanos() <= durationNanos;
    }
}
