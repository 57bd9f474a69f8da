package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadCommandTest {
    @TempDir
    private Path directory = Path.of("unset");

    private final CommandLineHarness line = new CommandLineHarness();

    @Test
    void printsAndPlotsTheArrivalsOfALoad() {
        assertThat(line.execute("workload", "show", "--arrivals", "--arrival", "uniform", "-r", "4", "--duration", "3s")).isZero();
        assertThat(line.out()).isEqualTo("""
                requests of 3 s @ 4 req/s, seed 42

                12 requests within 2.75 s, mean rate 4 requests/s
                Gaps: coefficient of variation 0 (0 is equal gaps, 1 is poisson)
                Counts in windows of 0.2 s: index of dispersion 0.1667 (1 is poisson)

                | Request | At (s)   | Gap (ms) |
                |---------|----------|----------|
                | 0       | 0.000000 | 0.000    |
                | 1       | 0.250000 | 250.000  |
                | 2       | 0.500000 | 250.000  |
                | 3       | 0.750000 | 250.000  |
                | 4       | 1.000000 | 250.000  |
                | 5       | 1.250000 | 250.000  |
                | 6       | 1.500000 | 250.000  |
                | 7       | 1.750000 | 250.000  |
                | 8       | 2.000000 | 250.000  |
                | 9       | 2.250000 | 250.000  |

                Requests in each 0.2 s:
                         0 s |%1$s 1
                       0.2 s |%1$s 1
                       0.4 s |%1$s 1
                       0.6 s |%1$s 1
                       0.8 s | 0
                         1 s |%1$s 1
                       1.2 s |%1$s 1
                       1.4 s |%1$s 1
                       1.6 s |%1$s 1
                       1.8 s | 0
                         2 s |%1$s 1
                       2.2 s |%1$s 1
                       2.4 s |%1$s 1
                       2.6 s |%1$s 1
                """.formatted("#".repeat(60)));
    }

    @Test
    void showsARampAsItRises() {
        assertThat(line.execute("workload", "show", "--arrivals", "--ramp", "0:20@5s,0@1s", "--arrival", "uniform")).isZero();
        assertThat(line.out())
                .startsWith("requests of 6 s @ 0 to 20 to 0 req/s, seed 42")
                .contains("51 requests within 5 s");
    }

    @Test
    void showsATraceAtItsSpeed() throws IOException {
        Path trace = Files.writeString(
                directory.resolve("t.csv"), "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,374,1\n2023-11-16 18:15:50,3,4\n");
        assertThat(line.execute("workload", "show", "--arrivals", "--trace", trace.toString(), "--speed", "4")).isZero();
        assertThat(line.out()).startsWith("2 requests of t.csv at 4 times its speed, seed 42").contains("2 requests within 1 s");
    }

    @Test
    void saysThatAClosedLoopHasNoTimes() {
        assertThat(line.execute("workload", "show", "--arrivals", "--concurrency", "3")).isZero();
        assertThat(line.out()).isEqualTo("""
                100 requests, closed loop of 3 callers, seed 42
                A closed loop has no times of its own: each request follows the end of another.
                """);
    }

    @Test
    void drawsWhatIsAllAtOnce() {
        assertThat(line.execute("workload", "show", "--arrivals", "--arrival", "batch", "-n", "3")).isZero();
        assertThat(line.out()).contains("3 requests within 0 s, mean rate unknown requests/s").endsWith("         0 s |" + "#".repeat(60) + " 3\n");
    }

    @Test
    void tellsAllMistakes() {
        assertThat(line.execute("workload", "show", "--arrivals", "--arrival", "bursty", "--rate", "0")).isEqualTo(2);
        assertThat(line.errLines()).hasSize(2);
        assertThat(line.execute("workload")).isEqualTo(2);
        assertThat(line.errLines().getFirst()).isEqualTo("a command is missing");
    }
}
