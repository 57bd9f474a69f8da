package io.sagebench.arrival;

import io.sagebench.random.Seed;
import io.sagebench.request.Check;
import java.util.SplittableRandom;

/// Quiet and bursts by turns: a Poisson process whose rate is one of two, each kept for an exponentially distributed time (a Markov-modulated
/// Poisson process with two states). Begins quiet.
///
/// @param quietPerSecond mean requests per second between bursts, at least 0
/// @param burstPerSecond mean requests per second in a burst, above 0
/// @param quietSeconds   mean time between bursts, above 0
/// @param burstSeconds   mean length of a burst, above 0
public record BurstyArrivals(double quietPerSecond, double burstPerSecond, double quietSeconds, double burstSeconds)
        implements ArrivalProcess {
    public BurstyArrivals {
        Check.notNegative(quietPerSecond, "quietPerSecond");
        Check.positive(burstPerSecond, "burstPerSecond");
        Check.positive(quietSeconds, "quietSeconds");
        Check.positive(burstSeconds, "burstSeconds");
    }

    /// Bursts by the mean rate: how much longer and how much quieter the time between them is says how high they are.
    ///
    /// @param meanPerSecond  requests per second in the long run, above 0
    /// @param burstSeconds   mean length of a burst, above 0
    /// @param quietSeconds   mean time between bursts, above 0
    /// @param quietShare     rate between bursts as a share of the mean rate, from 0 to 1; 1 makes it a Poisson process
    public static BurstyArrivals onOff(double meanPerSecond, double burstSeconds, double quietSeconds, double quietShare) {
        if (!(quietShare >= 0 && quietShare <= 1)) {
            throw new IllegalArgumentException("quietShare must be from 0 to 1, but was " + quietShare);
        }
        double inBurst = 1 + (1 - quietShare) * quietSeconds / burstSeconds;
        return new BurstyArrivals(quietShare * meanPerSecond, inBurst * meanPerSecond, quietSeconds, burstSeconds);
    }

    @Override
    public double meanPerSecond() {
        return (quietPerSecond * quietSeconds + burstPerSecond * burstSeconds) / (quietSeconds + burstSeconds);
    }

    @Override
    public ArrivalProcess at(double perSecond) {
        double times = perSecond / meanPerSecond();
        return new BurstyArrivals(times * quietPerSecond, times * burstPerSecond, quietSeconds, burstSeconds);
    }

    @Override
    public ArrivalProcess steady() {
        return new PoissonArrivals(meanPerSecond());
    }

    @Override
    public ArrivalTimes start(Seed seed) {
        return new ArrivalTimes() {
            private final SplittableRandom gaps = seed.child("gaps").generator();
            private final SplittableRandom turns = seed.child("turns").generator();
            private boolean burst;
            private double nowSeconds;
            private double turnEndsAtSeconds = exponential(turns, 1 / quietSeconds);

            @Override
            public long nextAtNanos() {
                double next = nowSeconds + exponential(gaps, rate());
                while (next > turnEndsAtSeconds) { // an exponential gap has no memory: it may be drawn anew from the turn's end
                    nowSeconds = turnEndsAtSeconds;
                    burst = !burst;
                    turnEndsAtSeconds += exponential(turns, 1 / (burst ? burstSeconds : quietSeconds));
                    next = nowSeconds + exponential(gaps, rate());
                }
                nowSeconds = next;
                return Math.round(next * 1e9);
            }

            private double rate() {
                return burst ? burstPerSecond : quietPerSecond;
            }
        };
    }

    private static double exponential(SplittableRandom chance, double ratePerSecond) {
        double drawn = Gaps.exponential(chance);
        return ratePerSecond == 0 ? Double.POSITIVE_INFINITY : drawn / ratePerSecond; // at a rate of 0 nothing comes in this turn
    }
}
