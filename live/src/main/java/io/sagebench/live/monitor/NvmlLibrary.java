package io.sagebench.live.monitor;

import java.util.OptionalDouble;

/// What we ask of NVIDIA's management library. What a device does not tell is absent, each figure by itself.
interface NvmlLibrary extends AutoCloseable {

    /// The driver's version; empty when it is not told.
    String driverVersion();

    /// How many devices there are.
    int deviceCount();

    /// The name of a device, counted from 0: `NVIDIA H200`; empty when it is not told.
    String name(int device);

    /// What it is known by everywhere: `GPU-...`; empty when it is not told.
    String uuid(int device);

    /// In percent.
    OptionalDouble utilizationPercent(int device);

    /// Bytes in use, with what the driver reserves.
    OptionalDouble memoryUsedBytes(int device);

    /// Bytes in all.
    OptionalDouble memoryTotalBytes(int device);

    /// In degrees.
    OptionalDouble temperatureCelsius(int device);

    /// In watts.
    OptionalDouble powerWatts(int device);

    /// Counted since the driver was loaded, in joules.
    OptionalDouble energyJoules(int device);

    @Override
    void close();
}
