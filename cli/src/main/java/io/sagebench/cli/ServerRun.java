package io.sagebench.cli;

import io.sagebench.benchmark.Serving.RunningServer;
import io.sagebench.benchmark.Serving.Served;
import java.util.function.Supplier;

/// A server from its start until the process is asked to end.
final class ServerRun {
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
                try (Interrupts.Guard guard = surroundings.interrupts().during(() -> terminal.say("Stopping."))) {
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
}
