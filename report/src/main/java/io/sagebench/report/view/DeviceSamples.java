package io.sagebench.report.view;

/// What one accelerator was seen to do while a policy was measured, the first time with repeats. All have the same length; NaN where a sample does not say.
///
/// @param device             how it is called: `0: NVIDIA H200`
/// @param source             what said so: `nvml`, `nvidia-smi`, `dcgm`, `mock`
/// @param synthetic          whether the figures are made up, which everything that shows them must say
/// @param atSeconds          when, since the measured window began
/// @param utilizationPercent from 0 to 100
/// @param memoryUsedMb       in MiB
/// @param memoryTotalMb      in MiB
/// @param powerWatts         drawn
public record DeviceSamples(
        String device,
        String source,
        boolean synthetic,
        Values atSeconds,
        Values utilizationPercent,
        Values memoryUsedMb,
        Values memoryTotalMb,
        Values powerWatts) {}
