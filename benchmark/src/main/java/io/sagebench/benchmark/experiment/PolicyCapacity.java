package io.sagebench.benchmark.experiment;

import io.sagebench.report.NotRun;
import io.sagebench.report.PolicyReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What was found of one policy's capacity.
///
/// @param policy   its name
/// @param rate     the highest rate found at which enough requests met their service level, over all seeds together; absent when none was
/// @param missedAt the lowest rate tried at which too few did; absent when there was none
/// @param tries    in the order they were made
/// @param notRun   why it was not measured, if it was not
/// @param failure  why the search could not go on, if it could not
/// @param stopped  whether it was stopped before it was done
record PolicyCapacity(
        String policy,
        OptionalDouble rate,
        OptionalDouble missedAt,
        List<Try> tries,
        List<NotRun> notRun,
        Optional<String> failure,
        boolean stopped) {
    PolicyCapacity {
        tries = List.copyOf(tries);
        notRun = List.copyOf(notRun);
    }

    /// One measurement.
    ///
    /// @param ratePerSecond at which rate
    /// @param seed          from which seed
    /// @param report        what was measured
    record Try(double ratePerSecond, long seed, PolicyReport report) {
        long met() {
            return report.metrics().slo().met();
        }

        long total() {
            return report.metrics().slo().total();
        }
    }

    /// Those at the rate that was found.
    List<Try> atCapacity() {
        return tries.stream().filter(one -> rate.isPresent() && one.ratePerSecond() == rate.getAsDouble()).toList();
    }

    /// The share of requests that met their service level there, all seeds together.
    OptionalDouble attainment() {
        return attainment(atCapacity());
    }

    static OptionalDouble attainment(List<Try> tries) {
        long total = tries.stream().mapToLong(Try::total).sum();
        return total == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) tries.stream().mapToLong(Try::met).sum() / total);
    }
}
