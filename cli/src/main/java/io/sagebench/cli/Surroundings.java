package io.sagebench.cli;

import io.sagebench.benchmark.Benchmarks;
import io.sagebench.benchmark.Serving;
import io.sagebench.benchmark.engine.CpuModels;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.report.ToolInfo;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// What a command needs of the world; tests bring their own.
///
/// @param terminal    where to print
/// @param environment variables
/// @param arguments   the command line
/// @param benchmarks  runs benchmarks
/// @param serving     starts servers
/// @param tool        which build this is
/// @param clock       names files and stamps reports
/// @param interrupts  tells of Ctrl-C
/// @param visualizer  makes pages and pictures of results
record Surroundings(
        Terminal terminal,
        Map<String, String> environment,
        List<String> arguments,
        Benchmarks benchmarks,
        Serving serving,
        ToolInfo tool,
        InstantSource clock,
        Interrupts interrupts,
        Visualizer visualizer) {
    Surroundings {
        environment = Map.copyOf(environment);
        arguments = List.copyOf(arguments);
    }

    /// Finds the models that are computed in this process.
    CpuModels cpuModels() {
        return new CpuModels(environment, new DownloadLine(terminal));
    }

    /// Names of the policies there are.
    List<String> policyNames() {
        return Policies.installed().all().stream().map(PolicyFactory::name).toList();
    }
}
