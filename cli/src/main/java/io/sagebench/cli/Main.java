package io.sagebench.cli;

import io.sagebench.benchmark.Benchmark;
import io.sagebench.benchmark.BuildInfo;
import io.sagebench.benchmark.LocalServing;
import java.time.InstantSource;
import java.util.List;

/// The program. `sage-bench --help` tells what it does.
public final class Main {
    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        var surroundings = new Surroundings(
                SystemTerminal.detect(System.getenv()),
                System.getenv(),
                List.of(arguments),
                new Benchmark(),
                new LocalServing(Main::endLoudly, System.getenv()),
                BuildInfo.read(),
                InstantSource.system(),
                Interrupts.ofProcess());
        System.exit(SageBench.execute(surroundings));
    }

    /// A server of ours has stopped by a bug: it answers nobody any more, so the process must not look alive.
    private static void endLoudly(Throwable bug) {
        System.err.println("sage-bench: this server has failed; please report this:");
        bug.printStackTrace();
        Runtime.getRuntime().halt(ExitCode.COULD_NOT_RUN);
    }
}
