package io.sagebench.cli;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.Target;
import io.sagebench.benchmark.dashboard.RunDashboard;
import io.sagebench.benchmark.dashboard.RunDashboard.End;
import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/// Runs something with the dashboard that was asked for, if one was.
///
/// @param terminal where its address is told
/// @param port     where it is wanted
/// @param undo     gives back what was prepared for the run, when the port is taken
record WatchedRun(Terminal terminal, OptionalInt port, Undoing undo) {
    private static final int MOST_NAMED = 6;
    private static final int HIGHEST_PORT = 65_535;

    /// Gives something back.
    @FunctionalInterface
    interface Undoing {
        void undo() throws IOException;
    }

    /// Opens a dashboard.
    @FunctionalInterface
    interface Opening {
        RunDashboard at(int port) throws BindException;
    }

    /// Reads the value of `--dashboard`; absent when it is no port.
    static OptionalInt port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port >= 0 && port <= HIGHEST_PORT ? OptionalInt.of(port) : OptionalInt.empty();
        } catch (NumberFormatException _) {
            return OptionalInt.empty();
        }
    }

    static String problem(String text) {
        return "must be a port from 0 to " + HIGHEST_PORT + ", where 0 is any that is free, but is '" + text + "'";
    }

    /// @param what such as `Comparison`
    /// @param body gets who is to be told how it goes, besides those it has itself, and returns the exit code
    int benchmark(BenchmarkConfig config, String what, ToIntFunction<BenchmarkListener> body) {
        return run(
                at -> RunDashboard.of(config, what + " of " + named(config.policies()), at),
                config.target() instanceof Target.Simulated,
                dashboard -> body.applyAsInt(dashboard.map(RunDashboard::listener).orElse(BenchmarkListener.SILENT)));
    }

    /// @param isSimulated whether it may be over before anybody looks
    int run(Opening opening, boolean isSimulated, ToIntFunction<Optional<RunDashboard>> body) {
        if (port.isEmpty()) {
            return body.applyAsInt(Optional.empty());
        }
        try (RunDashboard dashboard = opening.at(port.getAsInt())) {
            terminal.say("Dashboard: " + dashboard.url()
                    + (isSimulated ? " (while the run lasts; a simulated one may be over in a moment)" : " (while the run lasts)"));
            int code = ExitCode.COULD_NOT_RUN;
            try {
                code = body.applyAsInt(Optional.of(dashboard));
            } finally {
                dashboard.ended(end(code), "");
            }
            return code;
        } catch (BindException taken) {
            terminal.say("--dashboard: " + taken.getMessage() + "; 0 is any that is free");
            giveBack();
            return ExitCode.COULD_NOT_RUN;
        }
    }

    private void giveBack() {
        try {
            undo.undo();
        } catch (IOException _) {
            // an empty directory stays behind
        }
    }

    private static End end(int code) {
        return switch (code) {
            case ExitCode.DONE, ExitCode.MISSED -> End.DONE;
            case ExitCode.INTERRUPTED -> End.INTERRUPTED;
            default -> End.FAILED;
        };
    }

    private static String named(List<String> policies) {
        return policies.size() > MOST_NAMED ? policies.size() + " policies" : String.join(", ", policies);
    }
}
