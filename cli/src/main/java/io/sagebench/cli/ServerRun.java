package io.sagebench.cli;

import io.sagebench.benchmark.Serving.RunningServer;
import io.sagebench.benchmark.Serving.Served;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.Supplier;

/// A server from its start until the process is asked to end.
final class ServerRun {
    /// For what comes after the requests: last bytes, connections, threads.
    private static final Duration BEYOND_DRAINING = Duration.ofSeconds(20);

    private final Surroundings surroundings;

    ServerRun(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    int untilStopped(Supplier<Served> start) {
        Terminal terminal = surroundings.terminal();
        return switch (start.get()) {
            case Served.CouldNotServe(String message) -> {
                terminal.say(message);
                yield ExitCode.COULD_NOT_RUN;
            }
            case Served.Listening(RunningServer server) -> {
                server.notes().forEach(terminal::say);
                Duration drain = server.drainLimit();
                try (Interrupts.Guard guard =
                        surroundings.interrupts().during(() -> terminal.say(stopping(drain)), drain.plus(BEYOND_DRAINING))) {
                    terminal.printLine("Listening on " + server.url() + " (" + server.description() + ")");
                    terminal.printLine("Stop it with Ctrl-C.");
                    server.tell(terminal::say);
                    guard.await();
                    server.close();
                }
                yield ExitCode.DONE;
            }
        };
    }

    private static String stopping(Duration drain) {
        String seconds = BigDecimal.valueOf(drain.toMillis(), 3).stripTrailingZeros().toPlainString();
        return "Stopping: requests here have up to " + seconds + " s to end; new ones are refused. Ctrl-C again ends at once.";
    }
}
