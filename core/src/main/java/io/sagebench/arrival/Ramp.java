package io.sagebench.arrival;

import io.sagebench.request.Check;
import java.util.List;

/// A rate that is linear in time, leg by leg; the last leg's end rate holds on.
///
/// @param legs at least one, of which at least one has a rate above 0
public record Ramp(List<Leg> legs) implements RateCurve {

    /// A stretch of time in which the rate changes evenly.
    ///
    /// @param fromPerSecond rate at its beginning, at least 0
    /// @param toPerSecond   rate at its end, at least 0
    /// @param seconds       how long it is, above 0
    public record Leg(double fromPerSecond, double toPerSecond, double seconds) {
        public Leg {
            Check.notNegative(fromPerSecond, "fromPerSecond");
            Check.notNegative(toPerSecond, "toPerSecond");
            Check.positive(seconds, "seconds");
        }

        /// How many requests are expected in it.
        double expected() {
            return (fromPerSecond + toPerSecond) / 2 * seconds;
        }

        double expectedWithin(double since) {
            return fromPerSecond * since + (toPerSecond - fromPerSecond) * since * since / (2 * seconds);
        }

        /// The root of the quadratic above, in the form that loses no digits when the rate hardly changes.
        double secondsUntil(double expected) {
            if (expected <= 0) {
                return 0;
            }
            double slope = (toPerSecond - fromPerSecond) / seconds;
            double squared = Math.max(0, fromPerSecond * fromPerSecond + 2 * slope * expected);
            return Math.min(seconds, 2 * expected / (fromPerSecond + StrictMath.sqrt(squared)));
        }
    }

    public Ramp {
        legs = List.copyOf(legs);
        Check.atLeast(1, legs.size(), "the number of legs");
        if (legs.stream().mapToDouble(Leg::expected).sum() == 0) {
            throw new IllegalArgumentException("a ramp must have a rate above 0 somewhere");
        }
    }

    /// How long all legs are.
    public double seconds() {
        return legs.stream().mapToDouble(Leg::seconds).sum();
    }

    @Override
    public double expectedWithin(double seconds) {
        double began = 0;
        double expected = 0;
        for (Leg leg : legs) {
            if (seconds < began + leg.seconds()) {
                return expected + leg.expectedWithin(seconds - began);
            }
            began += leg.seconds();
            expected += leg.expected();
        }
        return expected + (seconds - began) * lastPerSecond();
    }

    @Override
    public double secondsUntil(double expected) {
        double began = 0;
        double before = 0;
        for (Leg leg : legs) {
            if (expected <= before + leg.expected()) {
                return began + leg.secondsUntil(expected - before);
            }
            began += leg.seconds();
            before += leg.expected();
        }
        return began + (expected - before) / lastPerSecond();
    }

    @Override
    public double meanPerSecond() {
        return legs.stream().mapToDouble(Leg::expected).sum() / seconds();
    }

    @Override
    public RateCurve at(double perSecond) {
        double times = perSecond / meanPerSecond();
        return new Ramp(legs.stream()
                .map(leg -> new Leg(times * leg.fromPerSecond(), times * leg.toPerSecond(), leg.seconds()))
                .toList());
    }

    @Override
    public boolean ends() {
        return lastPerSecond() == 0;
    }

    private double lastPerSecond() {
        return legs.getLast().toPerSecond();
    }
}
