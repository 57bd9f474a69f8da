package io.sagebench.arrival;

import io.sagebench.random.Seed;
import io.sagebench.request.Check;

/// Bursts of requests at once, one in the middle of each interval, on top of Poisson arrivals at the rest of the rate. Any whole number of
/// intervals has the configured mean rate.
///
/// @param ratePerSecond   mean requests per second, bursts included, above 0
/// @param size            requests of a burst, at least 1; at most what the rate gives in an interval
/// @param intervalSeconds from one burst to the next, above 0
public record BurstArrivals(double ratePerSecond, int size, double intervalSeconds) implements ArrivalProcess {
    /// Of the rate, for what binary fractions leave over: 0.1 requests/s for 30 s are 3.
    private static final double DUST = 1e-9;

    public BurstArrivals {
        Check.positive(ratePerSecond, "ratePerSecond");
        Check.atLeast(1, size, "size");
        Check.positive(intervalSeconds, "intervalSeconds");
        if (size > ratePerSecond * intervalSeconds * (1 + DUST)) {
            throw new IllegalArgumentException("bursts of " + size + " every " + intervalSeconds + " s are more than " + ratePerSecond
                    + " requests/s");
        }
    }

    @Override
    public ArrivalTimes start(Seed seed) {
        double restPerSecond = ratePerSecond - size / intervalSeconds;
        return restPerSecond <= DUST * ratePerSecond
                ? new Times(() -> ArrivalTimes.NEVER_NANOS)
                : new Times(new PoissonArrivals(restPerSecond).start(seed));
    }

    @Override
    public double meanPerSecond() {
        return ratePerSecond;
    }

    @Override
    public ArrivalProcess at(double perSecond) {
        int scaled = (int) Math.clamp(Math.round(size * perSecond / ratePerSecond), 1L, Integer.MAX_VALUE);
        return new BurstArrivals(perSecond, scaled, Math.max(intervalSeconds, scaled / perSecond)); // a whole burst may need longer
    }

    @Override
    public ArrivalProcess steady() {
        return new PoissonArrivals(ratePerSecond);
    }

    private final class Times implements ArrivalTimes {
        private final ArrivalTimes rest;
        private long restAtNanos;
        private long burst;
        private int leftOfBurst = size;

        Times(ArrivalTimes rest) {
            this.rest = rest;
            restAtNanos = rest.nextAtNanos();
        }

        @Override
        public long nextAtNanos() {
            long burstAtNanos = Math.round((burst + 0.5) * intervalSeconds * 1e9);
            if (restAtNanos < burstAtNanos) {
                long atNanos = restAtNanos;
                restAtNanos = rest.nextAtNanos();
                return atNanos;
            }
            if (--leftOfBurst == 0) {
                leftOfBurst = size;
                burst++;
            }
            return burstAtNanos;
        }
    }
}
