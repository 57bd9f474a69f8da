package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardOptionTest {
    private final CommandLineHarness line = new CommandLineHarness();

    @TempDir
    Path directory;

    @Test
    void tellsWhereItIsBeforeAnythingIsMeasured() {
        assertThat(line.execute("run", "--dashboard", "0", "-o", directory.toString())).isZero();
        assertThat(line.err()).containsPattern("Dashboard: http://127\\.0\\.0\\.1:\\d+/dashboard \\(while the run lasts\\)");
        assertThat(line.out()).doesNotContain("Dashboard");
    }

    @Test
    void saysSoEvenWhenQuiet() {
        assertThat(line.execute("compare", "-q", "--dashboard", "0", "-o", directory.toString())).isZero();
        assertThat(line.err()).contains("Dashboard: http://127.0.0.1:");
    }

    @Test
    void aPortThatIsTakenEndsItBeforeTheLoadAndLeavesNothingBehind() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(line.execute("run", "--dashboard", port, "-o", directory.resolve("new").toString())).isEqualTo(ExitCode.COULD_NOT_RUN);
            assertThat(line.err()).contains("--dashboard: port " + port + " on 127.0.0.1 is taken", "0 is any that is free");
            assertThat(line.benchmarks.ran()).isEmpty();
            assertThat(directory.resolve("new")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "-1", "65536", "80.5"})
    void whatIsNoPortIsWrongUsage(String port) {
        assertThat(line.execute("sweep", "--dashboard=" + port, "--rates", "0", "-o", directory.toString())).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(line.err()).contains("--dashboard: must be a port from 0 to 65535", "but is '" + port + "'", "--rates");
    }

    @Test
    void anOptionMayFollowInPlaceOfThePort() {
        assertThat(line.execute("run", "--dashboard", "--seed", "1", "--seed", "2")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(line.err()).contains("--seed: is given twice");
    }
}
