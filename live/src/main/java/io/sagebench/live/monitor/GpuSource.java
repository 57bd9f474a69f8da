package io.sagebench.live.monitor;

import io.sagebench.monitor.Sample;
import java.util.List;

/// Tells what accelerators do. Used by one thread at a time.
public interface GpuSource extends AutoCloseable {

    /// Its name in reports: `nvml`, `nvidia-smi`, `mock`.
    String name();

    /// What they do now, or did since the last time this was asked; or why that is not known. Stamped by [System#nanoTime].
    List<? extends Sample> read();

    /// Gives back what it holds.
    @Override
    void close();

    /// What became of the search for one.
    sealed interface Opening {
        /// It is there, and has told of at least one accelerator.
        record Opened(GpuSource source) implements Opening {}

        /// It is not.
        ///
        /// @param reason for people
        record Absent(String reason) implements Opening {}
    }
}
