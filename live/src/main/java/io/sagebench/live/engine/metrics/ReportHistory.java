package io.sagebench.live.engine.metrics;

import io.sagebench.live.engine.metrics.Reading.Counter;
import io.sagebench.request.Check;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Makes reports of pages that come one after another: from counters, what happened in the last while. When a counter falls, the server was started
/// again, and what was counted before is forgotten. For one thread at a time.
final class ReportHistory {
    private final Optional<ServerKind> givenKind;
    private final long windowNanos;
    private final Deque<Counted> counted = new ArrayDeque<>();

    private record Counted(long atNanos, Map<Counter, Double> counters) {}

    /// @param givenKind whose names to look for; absent to find out from the page
    /// @param window    how far back shares look
    ReportHistory(Optional<ServerKind> givenKind, Duration window) {
        Check.atLeast(1, window.toMillis(), "window in milliseconds");
        this.givenKind = givenKind;
        this.windowNanos = window.toNanos();
    }

    /// What a page says; absent when it has no metrics of a kind that is known.
    ///
    /// @param atNanos when it came; not before the page before
    Optional<EngineReport> report(MetricSamples page, long atNanos) {
        return givenKind.or(() -> ServerKind.of(page)).map(kind -> report(kind, kind.read(page), atNanos));
    }

    private EngineReport report(ServerKind kind, Reading reading, long atNanos) {
        Counted latest = counted.peekLast();
        if (latest != null && hasFallen(latest.counters, reading.counters())) {
            counted.clear();
        }
        while (counted.size() > 1 && atNanos - counted.getFirst().atNanos > windowNanos) {
            counted.removeFirst();
        }
        var now = new Counted(atNanos, reading.counters());
        counted.addLast(now);
        Counted then = counted.getFirst();
        OptionalDouble preemptions = difference(then, now, Counter.PREEMPTIONS);
        return new EngineReport(
                atNanos,
                kind,
                reading.running(),
                reading.waiting(),
                reading.kvUsage(),
                reading.kvUsedTokens(),
                atNanos - then.atNanos,
                ratio(then, now, Counter.PROMPT_TOKENS_FROM_CACHE, Counter.PROMPT_TOKENS, reading.prefixHitRate()),
                preemptions.isPresent() ? OptionalLong.of(Math.round(preemptions.getAsDouble())) : OptionalLong.empty(),
                ratio(then, now, Counter.ACCEPTED_TOKENS, Counter.GUESSED_TOKENS, reading.acceptRate()));
    }

    private static boolean hasFallen(Map<Counter, Double> before, Map<Counter, Double> now) {
        return before.entrySet().stream()
                .anyMatch(entry -> now.getOrDefault(entry.getKey(), entry.getValue()) < entry.getValue());
    }

    private static OptionalDouble difference(Counted then, Counted now, Counter counter) {
        Double before = then.counters.get(counter);
        Double after = now.counters.get(counter);
        return before == null || after == null || then.atNanos == now.atNanos ? OptionalDouble.empty() : OptionalDouble.of(after - before);
    }

    /// The share that two counters make, or else the server's own figure. Without anything counted in the window there is no share.
    private static OptionalDouble ratio(Counted then, Counted now, Counter part, Counter whole, OptionalDouble otherwise) {
        if (!now.counters.containsKey(whole) || !now.counters.containsKey(part)) {
            return otherwise;
        }
        double all = difference(then, now, whole).orElse(0);
        double some = difference(then, now, part).orElse(0);
        return all > 0 && some <= all ? OptionalDouble.of(some / all) : OptionalDouble.empty();
    }
}
