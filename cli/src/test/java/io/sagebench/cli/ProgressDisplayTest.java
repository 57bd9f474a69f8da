package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.Progress;
import io.sagebench.benchmark.Turn;
import io.sagebench.report.terminal.TerminalStyle;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Turn TURN = new Turn("fifo", 1, 3, 1, 1, 1000);

    private final StringWriter err = new StringWriter();
    private final AtomicLong now = new AtomicLong();

    @Test
    void rewritesOneLineOnATerminal() {
        ProgressDisplay display = display(true, 150);
        display.measuring(TURN);
        now.set(5 * SECOND);
        display.progress(halfway(5, 3));
        assertThat(err.toString())
                .isEqualTo("\r\u001B[K[##########----------] fifo 1/3 | 500/1000 | 100.0 req/s | 20 in flight | 3 errors | p50 217 ms | p99 423 ms"
                        + " | 0:05 left | about 0:25 in all");
        display.close();
        assertThat(err.toString()).endsWith("\r\u001B[K");
    }

    @Test
    void leavesOutWhatDoesNotFitAndWhatMattersLeastFirst() {
        assertThat(rewritten(110)).endsWith("] fifo 1/3 | 500/1000 | 500.0 req/s | 20 in flight | 3 errors | p99 423 ms | 0:01 left");
        assertThat(rewritten(130)).endsWith("] fifo 1/3 | 500/1000 | 500.0 req/s | 20 in flight | 3 errors | p50 217 ms | p99 423 ms | 0:01 left");
        assertThat(rewritten(90)).isEqualTo("[#####-----] fifo 1/3 | 500/1000 | 500.0 req/s | 3 errors | p99 423 ms | 0:01 left");
        assertThat(rewritten(60)).isEqualTo("[#####-----] fifo 1/3 | 500/1000 | 3 errors | 0:01 left");
        assertThat(rewritten(40)).isEqualTo("fifo 1/3 | 500/1000 | 0:01 left");
        assertThat(rewritten(20)).isEqualTo("fifo 1/3 | 500/1000");
        assertThat(rewritten(8)).isEqualTo("fifo 1/");
    }

    @Test
    void neverReachesTheLastColumn() {
        for (int width = 1; width <= 200; width++) {
            assertThat(rewritten(width).length()).isLessThan(width);
        }
    }

    @Test
    void saysWhichOfSeveralBenchmarksAndHowLongAllWillTake() {
        ProgressDisplay display = display(true, 100);
        now.set(10 * SECOND);
        display.position("8 requests/s", 1, 4);
        assertThat(lastRewritten()).isEqualTo("[#####---------------] 8 requests/s (1/4 done) | about 0:30 left in all");
        display.measuring(TURN);
        now.set(11 * SECOND);
        display.progress(halfway(1, 0));
        assertThat(lastRewritten()).startsWith("8 requests/s (1/4 done) [#####-----] fifo 1/3 | 500/1000 |");
    }

    @Test
    void aNarrowTerminalHasTheFiguresRatherThanTheName() {
        ProgressDisplay display = display(true, 40);
        now.set(10 * SECOND);
        display.position("a mix of 0.25 prompts to 0.75 texts", 1, 4);
        assertThat(lastRewritten()).hasSize(39).startsWith("a mix of 0.25 prompts to 0.75 texts");
        display.measuring(TURN);
        now.set(11 * SECOND);
        display.progress(halfway(1, 0));
        assertThat(lastRewritten()).isEqualTo("1/4 done fifo 1/3 | 500/1000 | 0 errors");
    }

    @Test
    void writesALineEveryFewSecondsElsewhereAndOneAtTheEnd() {
        ProgressDisplay display = display(false, 80);
        display.measuring(TURN);
        for (long second = 1; second <= 9; second++) {
            now.set(second * SECOND);
            display.progress(new Progress(
                    TURN, second * SECOND, second * 100, second * 100, 0, OptionalLong.empty(), OptionalLong.empty()));
        }
        display.progress(new Progress(TURN, 10 * SECOND, 1000, 1000, 1, OptionalLong.of(SECOND / 2), OptionalLong.of(SECOND)));
        assertThat(err.toString().lines())
                .containsExactly(
                        "fifo 1/3: 500/1000 | 100.0 req/s | 0 in flight | 0 errors | 0:05 left | about 0:25 in all",
                        "fifo 1/3: 1000/1000 | 100.0 req/s | 0 in flight | 1 error | p50 500 ms | p99 1000 ms");
    }

    @Test
    void namesTheRepeat() {
        assertThat(ProgressLine.turn(new Turn("fifo", 4, 6, 2, 2, 10))).isEqualTo("fifo 4/6 repeat 2/2");
    }

    /// The line on a terminal of that width, halfway through a turn.
    private String rewritten(int width) {
        ProgressDisplay display = display(true, width);
        now.set(0);
        display.measuring(TURN);
        now.set(SECOND);
        display.progress(halfway(1, 3));
        return lastRewritten();
    }

    private String lastRewritten() {
        return err.toString().substring(err.toString().lastIndexOf('K') + 1);
    }

    private static Progress halfway(long seconds, int errors) {
        return new Progress(TURN, seconds * SECOND, 520, 500, errors, OptionalLong.of(217_000_000), OptionalLong.of(423_000_000));
    }

    private ProgressDisplay display(boolean rewrites, int width) {
        var writer = new PrintWriter(err);
        return new ProgressDisplay(new Terminal(writer, writer, TerminalStyle.PLAIN, rewrites, width), now::get);
    }
}
