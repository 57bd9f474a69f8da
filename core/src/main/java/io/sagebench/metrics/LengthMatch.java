package io.sagebench.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// How the lengths that were asked for compare with those that came.
///
/// @param compared       requests whose length was counted, rather than estimated
/// @param asked          tokens asked for, of these together
/// @param received       tokens counted, of these together
/// @param mismatch       tokens too many or too few, summed over these
/// @param largest        the largest of these mismatches
/// @param exact          of the compared ones, those of exactly the asked length
/// @param sources        how many requests had their length from where, by wire name, the estimated ones included
public record LengthMatch(
        long compared, long asked, long received, long mismatch, long largest, long exact, Map<String, Long> sources) {
    /// Of no requests.
    public static final LengthMatch NONE = new LengthMatch(0, 0, 0, 0, 0, 0, Map.of());

    public LengthMatch {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    }

    /// Mean length asked for, in tokens; absent when none was compared.
    public OptionalDouble meanAsked() {
        return perRequest(asked);
    }

    /// Mean length counted, in tokens.
    public OptionalDouble meanReceived() {
        return perRequest(received);
    }

    /// Mean mismatch, in tokens.
    public OptionalDouble meanMismatch() {
        return perRequest(mismatch);
    }

    /// Mean mismatch as a share of the mean length asked for.
    public OptionalDouble mismatchShare() {
        return asked == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) mismatch / asked);
    }

    /// Share of the compared requests with exactly the asked length.
    public OptionalDouble exactShare() {
        return perRequest(exact);
    }

    private OptionalDouble perRequest(long sum) {
        return compared == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) sum / compared);
    }
}
