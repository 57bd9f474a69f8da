package io.sagebench.engine.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Failures as llm-d-inference-sim injects them: a share of requests is refused, each with one of some errors, all equally likely.
///
/// @param percent of the requests, from 0 to 100
/// @param errors  to choose from, at least one
public record FailureInjection(double percent, List<FaultError> errors) {
    /// None.
    public static final FailureInjection NONE = new FailureInjection(0, FaultError.NAMED);

    public FailureInjection {
        errors = List.copyOf(errors);
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("failure-injection-rate must be from 0 to 100, but was " + percent);
        }
        if (errors.isEmpty()) {
            throw new IllegalArgumentException("failure-types must name at least one");
        }
    }

    /// The same as rules of a plan. Since the first rule that strikes counts, each later one strikes a larger share of what is left.
    public List<FaultRule> rules() {
        if (percent == 0) {
            return List.of();
        }
        var rules = new ArrayList<FaultRule>();
        double each = percent / 100 / errors.size();
        double left = 1;
        for (FaultError error : errors) {
            rules.add(new FaultRule(new Fault.Refusal(error), new FaultRule.Share(Math.min(1, each / left)), Optional.empty()));
            left -= each;
        }
        return rules;
    }
}
