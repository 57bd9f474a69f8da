package io.sagebench.arrival;

import io.sagebench.arrival.ArrivalProcess.ArrivalTimes;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/// Independent gaps of one distribution, added up: what renewal processes have in common. The first gap comes before the first request.
///
/// All is computed by [StrictMath], so that a seed gives the same times on every machine.
final class Gaps implements ArrivalTimes {
    private final SplittableRandom chance;
    private final ToDoubleFunction<SplittableRandom> gapSeconds;
    private double atSeconds;

    /// @param gapSeconds draws one gap
    Gaps(SplittableRandom chance, ToDoubleFunction<SplittableRandom> gapSeconds) {
        this.chance = chance;
        this.gapSeconds = gapSeconds;
    }

    @Override
    public long nextAtNanos() {
        atSeconds += gapSeconds.applyAsDouble(chance);
        return Math.round(atSeconds * 1e9);
    }

    /// An exponentially distributed number of mean 1, by the inverse of its distribution function; 1 - u is never 0.
    static double exponential(SplittableRandom chance) {
        return -StrictMath.log(1 - chance.nextDouble());
    }
}
