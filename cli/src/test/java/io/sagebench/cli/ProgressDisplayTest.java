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
        ProgressDisplay display = display(true, 120);
        display.measuring(TURN);
        now.set(5 * SECOND);
        display.progress(new Progress(TURN, 5 * SECOND, 520, 500, 3, OptionalLong.empty(), OptionalLong.of(423_000_000)));
        assertThat(err.toString())
                .isEqualTo("\r\u001B[K[##########----------] fifo 1/3 | 500/1000 | 100.0 req/s | 20 in flight | 3 errors | p99 423 ms | 0:05 left");
        display.close();
        assertThat(err.toString()).endsWith("\r\u001B[K");
    }

    @Test
    void leavesOutWhatDoesNotFit() {
        ProgressDisplay display = display(true, 60);
        display.measuring(TURN);
        now.set(SECOND);
        display.progress(new Progress(TURN, SECOND, 520, 500, 3, OptionalLong.empty(), OptionalLong.of(423_000_000)));
        assertThat(err.toString()).endsWith("fifo 1/3 | 500/1000 | 500.0 req/s");
    }

    @Test
    void writesALineEveryFewSecondsElsewhereAndOneAtTheEnd() {
        ProgressDisplay display = display(false, 80);
        display.measuring(TURN);
        for (long second = 1; second <= 9; second++) {
            now.set(second * SECOND);
            display.progress(new Progress(TURN, second * SECOND, second * 100, second * 100, 0, OptionalLong.empty(), OptionalLong.empty()));
        }
        display.progress(new Progress(TURN, 10 * SECOND, 1000, 1000, 1, OptionalLong.empty(), OptionalLong.of(SECOND)));
        assertThat(err.toString().lines())
                .containsExactly(
                        "fifo 1/3: 500/1000 | 100.0 req/s | 0 in flight | 0 errors | 0:05 left",
                        "fifo 1/3: 1000/1000 | 100.0 req/s | 0 in flight | 1 error | p99 1000 ms");
    }

    @Test
    void namesTheRepeat() {
        assertThat(ProgressLine.turn(new Turn("fifo", 4, 6, 2, 2, 10))).isEqualTo("fifo 4/6 repeat 2/2");
    }

    private ProgressDisplay display(boolean rewrites, int width) {
        var writer = new PrintWriter(err);
        return new ProgressDisplay(new Terminal(writer, writer, TerminalStyle.PLAIN, rewrites, width), now::get);
    }
}
