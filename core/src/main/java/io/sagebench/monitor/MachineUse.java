package io.sagebench.monitor;

import java.util.List;
import java.util.Optional;

/// What was seen of machines and engines while something was measured.
///
/// @param gpus    absent when none were watched
/// @param host    absent when it was not watched
/// @param scraped one for each page that was asked for
public record MachineUse(Optional<GpuUse> gpus, Optional<HostUse> host, List<ScrapeUse> scraped) {
    /// Nothing was watched.
    public static final MachineUse NONE = new MachineUse(Optional.empty(), Optional.empty(), List.of());

    public MachineUse {
        scraped = List.copyOf(scraped);
    }
}
