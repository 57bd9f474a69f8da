package io.sagebench.report.sweep;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One policy at all its rates.
///
/// @param policy its name
/// @param rates  from the lowest rate to the highest
public record PolicySweep(String policy, List<RateResult> rates) {
    public PolicySweep {
        rates = rates.stream().sorted(Comparator.comparingDouble(RateResult::ratePerSecond)).toList();
    }

    /// Those that were measured whole.
    public List<RateResult> whole() {
        return rates.stream().filter(rate -> !rate.cutShort()).toList();
    }

    /// The highest rate that is still served; absent when none is, or none was measured whole.
    public Optional<Knee> knee() {
        return Knee.among(whole());
    }
}
