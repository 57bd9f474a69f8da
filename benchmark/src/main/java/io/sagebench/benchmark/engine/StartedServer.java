package io.sagebench.benchmark.engine;

import io.sagebench.benchmark.StopSignal;
import io.sagebench.live.client.EngineFacts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A server that was started here by a command line, and is ended again with all that it started. Ends nothing that it did not start.
public final class StartedServer implements AutoCloseable {
    private static final long LOOK_MILLIS = 250;
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Process process;
    private final Path log;

    private StartedServer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Starts a command line by the shell of this machine.
    ///
    /// @param log gets all that it says
    /// @throws IOException when there is no shell, or the log cannot be written
    public static StartedServer start(String command, Path log) throws IOException {
        boolean isWindows = System.getProperty("os.name", "").startsWith("Windows");
        List<String> line = isWindows ? List.of("cmd.exe", "/c", command) : List.of("/bin/sh", "-c", command);
        Process process = new ProcessBuilder(line)
                .redirectInput(ProcessBuilder.Redirect.from(isWindows ? Path.of("NUL").toFile() : Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new StartedServer(process, log);
    }

    /// Waits until a server answers at `url`.
    ///
    /// @param longest how long
    /// @return why it did not, if so; also when the command ended before
    public Optional<String> awaitReady(URI url, Optional<String> apiKey, Duration longest, StopSignal stop) {
        long until = System.nanoTime() + longest.toNanos();
        try {
            while (System.nanoTime() < until && !stop.isRequested()) {
                if (answers(url, apiKey)) {
                    return Optional.empty();
                }
                if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return Optional.of("its command ended with exit code " + process.exitValue() + " before it answered; see " + log);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
        return Optional.of(stop.isRequested() ? "interrupted" : "it did not answer within " + longest.toSeconds() + " s; see " + log);
    }

    private static boolean answers(URI url, Optional<String> apiKey) {
        try {
            EngineFacts.ask(url, apiKey, Optional.empty());
            return true;
        } catch (IOException | IllegalArgumentException _) {
            return false; // not yet
        }
    }

    /// Asks it and all its children to end, and after a short grace ends them.
    @Override
    public void close() {
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        family.forEach(ProcessHandle::destroy);
        long until = System.nanoTime() + GRACE.toNanos();
        for (ProcessHandle each : family) {
            try {
                each.onExit().get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                each.destroyForcibly();
            } catch (ExecutionException | TimeoutException late) {
                each.destroyForcibly();
            }
        }
    }
}
