package io.sagebench.cli;

import io.sagebench.benchmark.Benchmark;
import io.sagebench.benchmark.BuildInfo;
import io.sagebench.benchmark.LocalServing;
import io.sagebench.benchmark.engine.CpuModels;
import java.time.InstantSource;
import java.util.List;

/// The program. `sage-bench --help` tells what it does.
public final class Main {
    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        Terminal terminal = SystemTerminal.detect(System.getenv());
        var models = new CpuModels(System.getenv(), new DownloadLine(terminal));
        var surroundings = new Surroundings(
                terminal,
                System.getenv(),
                List.of(arguments),
                new Benchmark(),
                new LocalServing(Main::endLoudly, System.getenv(), models),
                BuildInfo.read(),
                InstantSource.system(),
                Interrupts.ofProcess(),
                Visualizer.FILES);
        System.exit(SageBench.execute(surroundings));
    }

    /// A server of ours has stopped by a bug: it answers nobody any more, so the process must not look alive.
    private static void endLoudly(Throwable bug) {
        System.err.println("sage-bench: this server has failed; please report this:");
        bug.printStackTrace();
        Runtime.getRuntime().halt(ExitCode.COULD_NOT_RUN);
    }
}
