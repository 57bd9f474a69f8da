package io.sagebench.inference.tiny;

import java.util.SplittableRandom;

/// Random weights, the same on every machine: uniform, so that nothing but exact arithmetic makes them.
final class Weights {
    private static final double WIDTH_OF_UNIT_DEVIATION = Math.sqrt(3);

    private final SplittableRandom random;

    Weights(long seed) {
        random = new SplittableRandom(seed);
    }

    /// @param deviation their standard deviation
    float[] around(double mean, double deviation, int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (mean + deviation * WIDTH_OF_UNIT_DEVIATION * (2 * random.nextDouble() - 1));
        }
        return values;
    }

    /// A matrix that keeps the size of what it multiplies, times `gain`.
    float[] matrix(int in, int out, double gain) {
        return around(0, gain / Math.sqrt(in), in * out);
    }
}
