package io.sagebench.monitor;

import java.util.OptionalDouble;

/// What was seen at one moment.
public sealed interface Sample {

    /// When, in nanoseconds since the measured window began; negative before.
    long atNanos();

    /// The same, counted from another moment.
    ///
    /// @param zeroNanos the moment that is 0
    Sample since(long zeroNanos);

    /// Of an accelerator.
    ///
    /// @param utilizationPercent share of the time in which it worked, from 0 to 100
    /// @param memoryUsedMb       in MiB
    /// @param memoryTotalMb      in MiB
    /// @param temperatureCelsius of the chip
    /// @param powerWatts         drawn
    /// @param energyJoules       counted since some moment of the past
    record Gpu(
            long atNanos,
            GpuDevice device,
            OptionalDouble utilizationPercent,
            OptionalDouble memoryUsedMb,
            OptionalDouble memoryTotalMb,
            OptionalDouble temperatureCelsius,
            OptionalDouble powerWatts,
            OptionalDouble energyJoules)
            implements Sample {

        /// How full its memory is, from 0 to 100.
        OptionalDouble memoryPercent() {
            return memoryUsedMb.isPresent() && memoryTotalMb.orElse(0) > 0
                    ? OptionalDouble.of(100 * memoryUsedMb.getAsDouble() / memoryTotalMb.getAsDouble())
                    : OptionalDouble.empty();
        }

        @Override
        public Gpu since(long zeroNanos) {
            return new Gpu(
                    atNanos - zeroNanos, device, utilizationPercent, memoryUsedMb, memoryTotalMb, temperatureCelsius, powerWatts, energyJoules);
        }
    }

    /// Of the machine that sends the load.
    ///
    /// @param cpuPercent        share of all its processors that was busy since the sample before, from 0 to 100
    /// @param processCpuPercent share of them that this process used, from 0 to 100
    /// @param memoryUsedMb      in MiB
    /// @param memoryTotalMb     in MiB
    /// @param receivedBytes     counted by all network interfaces but the loopback
    /// @param sentBytes         counted by the same
    record Host(
            long atNanos,
            OptionalDouble cpuPercent,
            OptionalDouble processCpuPercent,
            OptionalDouble memoryUsedMb,
            OptionalDouble memoryTotalMb,
            OptionalDouble receivedBytes,
            OptionalDouble sentBytes)
            implements Sample {
        @Override
        public Host since(long zeroNanos) {
            return new Host(atNanos - zeroNanos, cpuPercent, processCpuPercent, memoryUsedMb, memoryTotalMb, receivedBytes, sentBytes);
        }
    }

    /// Of a page of metrics that was asked for.
    ///
    /// @param url            of the page
    /// @param kind           whose page it is: `vllm`, `sglang`, `dcgm` ...; `unknown` when it has no name that is known
    /// @param running        requests the engine works on
    /// @param waiting        requests in its queue
    /// @param kvCachePercent how full its KV cache is, from 0 to 100
    record Page(
            long atNanos, String url, String kind, OptionalDouble running, OptionalDouble waiting, OptionalDouble kvCachePercent)
            implements Sample {
        @Override
        public Page since(long zeroNanos) {
            return new Page(atNanos - zeroNanos, url, kind, running, waiting, kvCachePercent);
        }
    }

    /// A sample that could not be taken.
    ///
    /// @param source what was asked: a page's address, or the name of a source
    /// @param reason why there is none
    record Missed(long atNanos, String source, String reason) implements Sample {
        @Override
        public Missed since(long zeroNanos) {
            return new Missed(atNanos - zeroNanos, source, reason);
        }
    }
}
