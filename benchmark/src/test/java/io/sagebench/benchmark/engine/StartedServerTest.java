package io.sagebench.benchmark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sagebench.benchmark.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class StartedServerTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void aCommandThatEndsTooEarlyIsSaid() throws IOException {
        Path log = directory.resolve("log");
        try (var server = StartedServer.start("echo no such model; exit 4", log)) {
            assertThat(server.awaitReady(NOBODY, Optional.empty(), Duration.ofSeconds(30), new StopSignal()))
                    .hasValueSatisfying(why -> assertThat(why).startsWith("its command ended with exit code 4 before it answered"));
        }
        assertThat(log).hasContent("no such model");
    }

    @Test
    void waitsNoLongerThanItMay() throws IOException {
        try (var server = StartedServer.start("sleep 600", directory.resolve("log"))) {
            assertThat(server.awaitReady(NOBODY, Optional.empty(), Duration.ofMillis(10), new StopSignal()))
                    .hasValueSatisfying(why -> assertThat(why).startsWith("it did not answer within 0 s"));
        }
    }

    @Test
    void endsWhatTheCommandStarted() throws IOException {
        Path pids = directory.resolve("pids");
        try (var _ = StartedServer.start("sleep 600 & echo $! >" + pids + "; wait", directory.resolve("log"))) {
            await().until(() -> Files.exists(pids) && !Files.readString(pids).isBlank());
        }
        long child = Long.parseLong(Files.readString(pids).strip());
        await().untilAsserted(() -> assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty());
    }

    @Test
    void stopsWaitingWhenAsked() throws IOException {
        var stop = new StopSignal();
        stop.request();
        try (var server = StartedServer.start("sleep 600", directory.resolve("log"))) {
            assertThat(server.awaitReady(NOBODY, Optional.empty(), Duration.ofHours(1), stop)).contains("interrupted");
        }
    }
}
