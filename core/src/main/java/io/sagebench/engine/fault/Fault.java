package io.sagebench.engine.fault;

import io.sagebench.request.Check;
import io.sagebench.time.TimeText;
import java.math.BigDecimal;
import java.time.Duration;

/// One way in which an engine can fail a request. [#text] is how it is written and read.
public sealed interface Fault {

    /// As [FaultText] reads it.
    String text();

    /// A fault that decides how the answer ends. Of several, the first counts; delays and slow streams go with each.
    sealed interface Ending extends Fault {}

    /// The engine begins late.
    record Delay(Duration delay) implements Fault {
        public Delay {
            Check.atLeast(1, delay.toNanos(), "delay");
        }

        @Override
        public String text() {
            return "delay:" + TimeText.of(delay.toNanos());
        }
    }

    /// The tokens of the answer come slowly, but for the first, which comes in time.
    ///
    /// @param factor   by which each gap between tokens is longer than the engine made it, at least 1
    /// @param leastGap the shortest gap; of it and a factor above 1, one is given
    record Slow(double factor, Duration leastGap) implements Fault {
        public Slow {
            if (!(factor >= 1) || Double.isInfinite(factor)) {
                throw new IllegalArgumentException("the factor of a slow stream must be a finite number of at least 1, but was " + factor);
            }
            Check.notNegative(leastGap.toNanos(), "leastGap");
            if ((factor == 1) == leastGap.isZero()) {
                throw new IllegalArgumentException("a slow stream must have either a factor above 1 or a least gap above 0");
            }
        }

        @Override
        public String text() {
            return "slow:"
                    + (factor == 1
                            ? TimeText.of(leastGap.toNanos())
                            : BigDecimal.valueOf(factor).stripTrailingZeros().toPlainString() + "x");
        }
    }

    /// The engine refuses the request with an error.
    ///
    /// @param error what it says
    record Refusal(FaultError error) implements Ending {
        @Override
        public String text() {
            return "error:" + error.name();
        }
    }

    /// The connection is reset.
    ///
    /// @param afterTokens how much of the answer comes before; 0 for nothing at all
    record Reset(int afterTokens) implements Ending {
        public Reset {
            Check.notNegative(afterTokens, "afterTokens");
        }

        @Override
        public String text() {
            return "reset" + after(afterTokens);
        }
    }

    /// Nothing comes any more, until the client gives up.
    ///
    /// @param afterTokens how much of the answer comes before; 0 for nothing at all
    record Hang(int afterTokens) implements Ending {
        public Hang {
            Check.notNegative(afterTokens, "afterTokens");
        }

        @Override
        public String text() {
            return "hang" + after(afterTokens);
        }
    }

    /// The answer stops without its end.
    ///
    /// @param afterTokens how much of it comes, at least 1
    record Truncation(int afterTokens) implements Ending {
        public Truncation {
            Check.atLeast(1, afterTokens, "afterTokens");
        }

        @Override
        public String text() {
            return "truncate" + after(afterTokens);
        }
    }

    /// An error comes within the answer.
    ///
    /// @param afterTokens how much of the answer comes before, at least 1
    record StreamError(int afterTokens) implements Ending {
        public StreamError {
            Check.atLeast(1, afterTokens, "afterTokens");
        }

        @Override
        public String text() {
            return "stream-error" + after(afterTokens);
        }
    }

    /// The engine goes down with everything in it, and takes nothing until it has recovered.
    ///
    /// @param recovery from the crash until it works again
    record Crash(Duration recovery) implements Ending {
        public Crash {
            Check.atLeast(1, recovery.toNanos(), "recovery");
        }

        @Override
        public String text() {
            return "crash:for=" + TimeText.of(recovery.toNanos());
        }
    }

    private static String after(int tokens) {
        return tokens == 0 ? "" : ":after=" + tokens;
    }
}
