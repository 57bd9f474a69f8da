package io.sagebench.live.engine.metrics;

import io.sagebench.live.engine.metrics.PrometheusText.Page;
import io.sagebench.live.engine.metrics.Reading.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What an engine's own metrics say of a stretch of time, from pages taken before, during and after it: counters by how much they grew, everything else by
/// its largest value. Safe for use by any thread.
public final class EngineUse {
    private static final String PROCESS_MEMORY = "process_resident_memory_bytes";
    private static final double BYTES_PER_MEGABYTE = 1 << 20;

    private final Optional<ServerKind> givenKind;
    private final List<Double> memoryMegabytes = new ArrayList<>();
    private Optional<Reading> first = Optional.empty();
    private Optional<Reading> last = Optional.empty();
    private OptionalDouble mostKvTokens = OptionalDouble.empty();
    private OptionalDouble mostRunning = OptionalDouble.empty();
    private Optional<ServerKind> kind = Optional.empty();
    private boolean restarted;

    /// @param givenKind whose names to look for; absent to find out from the pages
    public EngineUse(Optional<ServerKind> givenKind) {
        this.givenKind = givenKind;
    }

    /// Takes a page; they come in the order of time.
    ///
    /// @return why it says nothing, if so
    public synchronized Optional<String> take(String text) {
        return switch (PrometheusText.read(text, name -> name.equals(PROCESS_MEMORY) || ServerKind.mayKnow(name))) {
            case Page.Malformed(String reason) -> Optional.of("its metrics cannot be read: " + reason);
            case Page.Read(MetricSamples samples) -> {
                samples.sum(PROCESS_MEMORY).ifPresent(bytes -> memoryMegabytes.add(bytes / BYTES_PER_MEGABYTE));
                Optional<ServerKind> found = givenKind.or(() -> ServerKind.of(samples));
                if (found.isEmpty()) {
                    yield Optional.of("its metrics have no names of an engine that is known");
                }
                kind = found;
                take(found.get().read(samples));
                yield Optional.empty();
            }
        };
    }

    private void take(Reading reading) {
        Map<Counter, Double> before = last.map(Reading::counters).orElse(Map.of());
        restarted |= before.entrySet().stream()
                .anyMatch(counter -> reading.counters().getOrDefault(counter.getKey(), counter.getValue()) < counter.getValue());
        if (first.isEmpty()) {
            first = Optional.of(reading);
        }
        last = Optional.of(reading);
        if (reading.kvUsedTokens().isPresent()) {
            mostKvTokens = most(mostKvTokens, (double) reading.kvUsedTokens().getAsLong());
        }
        if (reading.running().isPresent()) {
            mostRunning = most(mostRunning, (double) reading.running().getAsLong());
        }
    }

    private static OptionalDouble most(OptionalDouble before, double now) {
        return OptionalDouble.of(Math.max(before.orElse(now), now));
    }

    /// Whose names the pages had; absent when they had none that are known.
    public synchronized Optional<ServerKind> kind() {
        return kind;
    }

    /// Whether a counter fell: the engine was started again meanwhile, and how much its counters grew is not known.
    public synchronized boolean restarted() {
        return restarted;
    }

    /// Most tokens seen in the KV cache.
    public synchronized OptionalDouble mostKvTokens() {
        return mostKvTokens;
    }

    /// Most requests seen at work.
    public synchronized OptionalDouble mostRunning() {
        return mostRunning;
    }

    /// Share of the prompt tokens that came from the prefix cache: of those counted meanwhile, else as the engine last told it.
    public synchronized OptionalDouble prefixHitRate() {
        return share(Counter.PROMPT_TOKENS_FROM_CACHE, Counter.PROMPT_TOKENS, last.map(Reading::prefixHitRate).orElse(OptionalDouble.empty()));
    }

    /// Share of the guessed tokens that were right; absent when none were guessed.
    public synchronized OptionalDouble acceptRate() {
        return share(Counter.ACCEPTED_TOKENS, Counter.GUESSED_TOKENS, last.map(Reading::acceptRate).orElse(OptionalDouble.empty()));
    }

    /// Running requests that had to give up their place in the KV cache.
    public synchronized OptionalDouble preemptions() {
        return growth(Counter.PREEMPTIONS);
    }

    /// Samples of the resident memory of the engine's process, as it tells them, in megabytes; none when it does not.
    public synchronized List<Double> memoryMegabytes() {
        return List.copyOf(memoryMegabytes);
    }

    private OptionalDouble share(Counter part, Counter whole, OptionalDouble otherwise) {
        OptionalDouble some = growth(part);
        OptionalDouble all = growth(whole);
        if (some.isEmpty() || all.isEmpty()) {
            return otherwise;
        }
        return all.getAsDouble() > 0 && some.getAsDouble() <= all.getAsDouble()
                ? OptionalDouble.of(some.getAsDouble() / all.getAsDouble())
                : OptionalDouble.empty();
    }

    private OptionalDouble growth(Counter counter) {
        Double before = first.map(Reading::counters).orElse(Map.of()).get(counter);
        Double after = last.map(Reading::counters).orElse(Map.of()).get(counter);
        return before == null || after == null || restarted ? OptionalDouble.empty() : OptionalDouble.of(after - before);
    }
}
