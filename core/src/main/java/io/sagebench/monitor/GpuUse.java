package io.sagebench.monitor;

import java.util.List;
import java.util.Optional;

/// What accelerators did while something was measured, all its windows together.
///
/// @param source          what told: `nvml`, or several, parted by `+`
/// @param synthetic       whether any of it is made up, which everything that shows it says
/// @param host            the machines the devices are in, parted by `, `
/// @param ofTarget        whether the devices are where the target runs, as far as is known
/// @param intervalSeconds from one sample to the next, as asked for
/// @param samples         taken inside the windows, of all devices together
/// @param durationSeconds of the windows together
/// @param figures         of all samples of all devices
/// @param energy          of all devices; absent when that of any is not known
/// @param devices         each by itself
public record GpuUse(
        String source,
        boolean synthetic,
        String host,
        boolean ofTarget,
        double intervalSeconds,
        long samples,
        double durationSeconds,
        GpuFigures figures,
        Optional<Energy> energy,
        List<Device> devices) {
    public GpuUse {
        devices = List.copyOf(devices);
    }

    /// One of them.
    ///
    /// @param label         how people know it: `0: NVIDIA H200`
    /// @param uuid          the maker's name for it
    /// @param memoryTotalMb in MiB
    /// @param samples       taken of it
    /// @param figures       of these
    /// @param energy        what it used
    public record Device(
            String label, Optional<String> uuid, Optional<Double> memoryTotalMb, long samples, GpuFigures figures, Optional<Energy> energy) {}

    /// What the output cost in energy.
    ///
    /// @param outputTokens made in the windows
    /// @return joules for each; absent when that is not known, or the devices are not the target's
    public Optional<Double> joulesPerToken(long outputTokens) {
        return ofTarget && outputTokens > 0 ? energy.map(used -> used.joules() / outputTokens) : Optional.empty();
    }

    /// How tables and pages call the source.
    public String sourceLine() {
        return (synthetic ? "SYNTHETIC, made up by the " + source + " source" : source + " on " + host)
                + (synthetic || ofTarget ? "" : ", which is not where the target runs");
    }
}
