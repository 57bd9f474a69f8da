package io.sagebench.benchmark;

import io.sagebench.report.NotRun;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.TargetReport;
import java.util.List;

/// How a benchmark ended.
public sealed interface BenchmarkResult {

    /// It measured something.
    ///
    /// @param target      what was measured
    /// @param policies    one for each policy that was measured, in the order asked for; fewer after an interrupt
    /// @param notRun      those that need what the load or the engines do not offer, in the order asked for
    /// @param interrupted whether it was asked to stop before it was done
    record Measured(TargetReport target, List<PolicyReport> policies, List<NotRun> notRun, boolean interrupted)
            implements BenchmarkResult {
        public Measured {
            policies = List.copyOf(policies);
            notRun = List.copyOf(notRun);
        }

        /// With everything run that was asked for.
        public Measured(TargetReport target, List<PolicyReport> policies, boolean interrupted) {
            this(target, policies, List.of(), interrupted);
        }
    }

    /// It could not run: the target was not there, or it refused a policy.
    ///
    /// @param message what was tried, what came of it and what to do next, for people
    record CouldNotRun(String message) implements BenchmarkResult {}
}
