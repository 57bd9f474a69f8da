package io.sagebench.random;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// A seed from which independent seeds and generators are derived by name, so that drawing more numbers for one purpose never changes
/// another. The same seed and name give the same numbers on every machine.
///
/// @param value any 64-bit number
public record Seed(long value) {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /// The seed of a named part, for example `"arrivals"`.
    public Seed child(String name) {
        long hash = Mix.of(value + GOLDEN_GAMMA);
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = Mix.of(hash * 31 + b);
        }
        return new Seed(hash);
    }

    /// The seed of the part with a number, for example one request.
    public Seed child(long number) {
        return new Seed(Mix.of(Mix.of(value) + GOLDEN_GAMMA * (number + 1)));
    }

    /// A fresh generator that starts at this seed.
    public SplittableRandom generator() {
        return new SplittableRandom(value);
    }
}
