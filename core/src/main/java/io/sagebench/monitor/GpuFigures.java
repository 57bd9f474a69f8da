package io.sagebench.monitor;

import java.util.Optional;

/// What samples of one accelerator, or of several pooled, sum up to. What none told is absent.
///
/// @param utilization   in percent
/// @param memoryUsed    in MiB
/// @param memoryPercent how full the memory was, in percent
/// @param temperature   in degrees Celsius
/// @param power         in watts
public record GpuFigures(
        Optional<Spread> utilization,
        Optional<Spread> memoryUsed,
        Optional<Spread> memoryPercent,
        Optional<Spread> temperature,
        Optional<Spread> power) {

    /// Takes samples one by one.
    static final class Tally {
        private final Spread.Tally utilization = new Spread.Tally();
        private final Spread.Tally memoryUsed = new Spread.Tally();
        private final Spread.Tally memoryPercent = new Spread.Tally();
        private final Spread.Tally temperature = new Spread.Tally();
        private final Spread.Tally power = new Spread.Tally();

        void add(Sample.Gpu sample) {
            utilization.add(sample.utilizationPercent());
            memoryUsed.add(sample.memoryUsedMb());
            memoryPercent.add(sample.memoryPercent());
            temperature.add(sample.temperatureCelsius());
            power.add(sample.powerWatts());
        }

        GpuFigures figures() {
            return new GpuFigures(
                    utilization.spread(), memoryUsed.spread(), memoryPercent.spread(), temperature.spread(), power.spread());
        }
    }
}
