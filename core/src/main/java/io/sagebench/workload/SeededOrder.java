package io.sagebench.workload;

import io.sagebench.random.Mix;
import io.sagebench.random.Seed;
import io.sagebench.request.Check;

/// The numbers from 0 to before a size in an order drawn from a seed, round after round: each once before any comes again, and every round in an
/// order of its own. Needs no table: a Feistel network permutes a power of four that is not much larger, and numbers outside are permuted on until
/// they are inside (cycle walking; Black and Rogaway: Ciphers with arbitrary finite domains, CT-RSA 2002).
final class SeededOrder {
    private static final int STAGES = 4;

    private final Seed seed;
    private final long size;
    private final int halfBits;
    private final long halfMask;

    /// @param size at least 1
    SeededOrder(Seed seed, long size) {
        Check.atLeast(1, size, "size");
        this.seed = seed;
        this.size = size;
        int bits = Long.SIZE - Long.numberOfLeadingZeros(size - 1);
        this.halfBits = Math.max(1, (bits + 1) / 2);
        this.halfMask = (1L << halfBits) - 1;
    }

    /// The number at a place.
    ///
    /// @param place from 0, without end
    long at(long place) {
        long key = Mix.of(seed.value(), place / size);
        long number = place % size;
        do {
            number = permuted(number, key);
        } while (number >= size);
        return number;
    }

    private long permuted(long number, long key) {
        long left = number >>> halfBits;
        long right = number & halfMask;
        for (int stage = 0; stage < STAGES; stage++) {
            long mixed = left ^ (Mix.of(key + stage, right) & halfMask);
            left = right;
            right = mixed;
        }
        return left << halfBits | right;
    }
}
