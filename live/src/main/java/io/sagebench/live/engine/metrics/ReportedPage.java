package io.sagebench.live.engine.metrics;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What one page of an inference server says of its load, whoever's names it uses.
///
/// @param kind    whose they are
/// @param running requests it works on
/// @param waiting requests in its queue
/// @param kvUsage share of its KV cache in use, from 0 to 1
public record ReportedPage(ServerKind kind, OptionalLong running, OptionalLong waiting, OptionalDouble kvUsage) {

    /// What a page says; absent when it has no names of an engine that is known.
    public static Optional<ReportedPage> of(MetricSamples page) {
        return ServerKind.of(page).map(kind -> {
            Reading reading = kind.read(page);
            return new ReportedPage(kind, reading.running(), reading.waiting(), reading.kvUsage());
        });
    }
}
