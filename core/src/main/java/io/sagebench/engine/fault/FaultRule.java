package io.sagebench.engine.fault;

import io.sagebench.engine.EngineId;
import io.sagebench.request.Check;
import io.sagebench.time.TimeText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Optional;

/// One fault and when it strikes. [#text] is how it is written and read.
///
/// @param fault  what goes wrong
/// @param when   for whom, or at what time; only a crash can have times
/// @param engine the only engine it concerns; absent for every one
public record FaultRule(Fault fault, When when, Optional<EngineId> engine) {
    private static final MathContext SHOWN = new MathContext(9);

    public FaultRule {
        if (when instanceof At && !(fault instanceof Fault.Crash)) {
            throw new IllegalArgumentException("only a crash strikes at a time, but " + fault.text() + " does");
        }
    }

    /// When a fault strikes.
    public sealed interface When {}

    /// Requests, drawn by the run's seed.
    ///
    /// @param rate the share of requests, from 0 to 1
    public record Share(double rate) implements When {
        /// Every request.
        public static final Share ALL = new Share(1);

        public Share {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException("rate must be from 0 to 1, but was " + rate);
            }
        }
    }

    /// At times, counted from when the plan came into force.
    ///
    /// @param first the first time
    /// @param every the time from each to the next; absent for only one
    public record At(Duration first, Optional<Duration> every) implements When {
        public At {
            Check.notNegative(first.toNanos(), "first");
            every.ifPresent(gap -> Check.atLeast(1, gap.toNanos(), "every"));
        }
    }

    /// As [FaultText] reads it.
    public String text() {
        var text = new StringBuilder(fault.text());
        if (when instanceof At(Duration first, Optional<Duration> every)) {
            append(text, "at", TimeText.of(first.toNanos()));
            every.ifPresent(gap -> append(text, "every", TimeText.of(gap.toNanos())));
        }
        engine.ifPresent(only -> append(text, "engine", only.value()));
        if (when instanceof Share(double rate) && rate < 1) {
            text.append('@')
                    .append(BigDecimal.valueOf(rate).movePointRight(2).round(SHOWN).stripTrailingZeros().toPlainString())
                    .append('%');
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(text.indexOf(":") < 0 ? ':' : ',').append(name).append('=').append(value);
    }
}
