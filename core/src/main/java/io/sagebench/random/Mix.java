package io.sagebench.random;

/// Mixes numbers into well-spread 64-bit hashes: the same on every machine, and not meant to resist an attacker.
public final class Mix {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Mix() {}

    /// The finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014). Maps 0 to 0.
    public static long of(long number) {
        long z = number;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// A hash of two numbers in their order.
    public static long of(long first, long second) {
        return of(of(first + GOLDEN_GAMMA) * 31 + second + GOLDEN_GAMMA);
    }

    /// A hash of a text.
    public static long of(CharSequence text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = of(hash * 31 + text.charAt(i) + GOLDEN_GAMMA);
        }
        return hash;
    }
}
