package io.sagebench.engine.latency;

import io.sagebench.time.TimeText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// Reads and writes latencies by the names and in the notation of llm-d-inference-sim: times such as `200ms`, or numbers of milliseconds.
public final class LatencyFlags {
    private static final String CALCULATOR = "latency-calculator";
    private static final String FIRST_TOKEN = "time-to-first-token";
    private static final String FIRST_TOKEN_STD_DEV = "time-to-first-token-std-dev";
    private static final String INTER_TOKEN = "inter-token-latency";
    private static final String INTER_TOKEN_STD_DEV = "inter-token-latency-std-dev";
    private static final String PREFILL = "prefill-overhead";
    private static final String PREFILL_PER_TOKEN = "prefill-time-per-token";
    private static final String PREFILL_STD_DEV = "prefill-time-std-dev";
    private static final String TRANSFER = "kv-cache-transfer-latency";
    private static final String TRANSFER_STD_DEV = "kv-cache-transfer-latency-std-dev";
    private static final String TRANSFER_PER_TOKEN = "kv-cache-transfer-time-per-token";
    private static final String TRANSFER_PER_TOKEN_STD_DEV = "kv-cache-transfer-time-std-dev";
    private static final String UNDER_LOAD = "time-factor-under-load";

    /// The flags there are.
    public static final List<String> NAMES = List.copyOf(texts(Latencies.NONE).keySet());

    private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);
    private static final long LONGEST_NANOS = 86_400_000_000_000L;

    private final Map<String, String> given;
    private final List<LatencyReading.Problem> problems = new ArrayList<>();

    private LatencyFlags(Map<String, String> given) {
        this.given = given;
    }

    /// Latencies with some flags set to other values.
    ///
    /// @param changes by name; every one is of [#NAMES]
    public static LatencyReading changed(Latencies from, Map<String, String> changes) {
        Map<String, String> given = texts(from);
        given.putAll(changes);
        return new LatencyFlags(given).read();
    }

    /// All flags with their values, as they are read.
    public static Map<String, String> texts(Latencies latencies) {
        var all = new LinkedHashMap<String, String>();
        all.put(CALCULATOR, nameOf(latencies.calculator()));
        all.put(FIRST_TOKEN, time(latencies.firstToken().meanNanos()));
        all.put(FIRST_TOKEN_STD_DEV, time(latencies.firstToken().stdDevNanos()));
        all.put(INTER_TOKEN, time(latencies.interToken().meanNanos()));
        all.put(INTER_TOKEN_STD_DEV, time(latencies.interToken().stdDevNanos()));
        all.put(PREFILL, time(latencies.prefill().baseNanos()));
        all.put(PREFILL_PER_TOKEN, time(latencies.prefill().perTokenNanos()));
        all.put(PREFILL_STD_DEV, time(latencies.prefill().stdDevNanos()));
        all.put(TRANSFER, time(latencies.transfer().meanNanos()));
        all.put(TRANSFER_STD_DEV, time(latencies.transfer().stdDevNanos()));
        all.put(TRANSFER_PER_TOKEN, time(latencies.transferPerToken().perTokenNanos()));
        all.put(TRANSFER_PER_TOKEN_STD_DEV, time(latencies.transferPerToken().stdDevNanos()));
        all.put(
                UNDER_LOAD,
                BigDecimal.valueOf(latencies.underLoad()).stripTrailingZeros().toPlainString());
        return all;
    }

    private LatencyReading read() {
        Latencies.Calculator calculator = calculator();
        Spread firstToken = spread(FIRST_TOKEN, FIRST_TOKEN_STD_DEV);
        Spread interToken = spread(INTER_TOKEN, INTER_TOKEN_STD_DEV);
        var prefill = new Latencies.PerToken(nanos(PREFILL), nanos(PREFILL_PER_TOKEN), nanos(PREFILL_STD_DEV));
        Spread transfer = spread(TRANSFER, TRANSFER_STD_DEV);
        var transferPerToken = new Latencies.PerToken(0, nanos(TRANSFER_PER_TOKEN), nanos(TRANSFER_PER_TOKEN_STD_DEV));
        double underLoad = underLoad();
        return problems.isEmpty()
                ? new LatencyReading.Read(new Latencies(
                        calculator, firstToken, interToken, prefill, transfer, transferPerToken, underLoad))
                : new LatencyReading.Wrong(problems);
    }

    private String text(String flag) {
        return given.getOrDefault(flag, "").strip();
    }

    private Latencies.Calculator calculator() {
        for (Latencies.Calculator calculator : Latencies.Calculator.values()) {
            if (nameOf(calculator).equals(text(CALCULATOR))) {
                return calculator;
            }
        }
        problem(CALCULATOR, "must be constant, per-token or empty");
        return Latencies.Calculator.WHAT_IS_GIVEN;
    }

    private Spread spread(String mean, String stdDev) {
        var spread = new Spread(nanos(mean), nanos(stdDev));
        if (!spread.isNarrow() && problems.stream().noneMatch(told -> told.flag().equals(mean))) {
            problem(stdDev, "must be at most 30 % of " + mean + ", which is " + time(spread.meanNanos()));
            return Spread.NONE;
        }
        return spread;
    }

    private long nanos(String flag) {
        OptionalLong time = TimeText.nanos(text(flag));
        if (time.isEmpty() && text(flag).matches("\\d{1,9}(\\.\\d{1,6})?")) {
            time = OptionalLong.of(new BigDecimal(text(flag)).multiply(NANOS_PER_MILLI).longValue());
        }
        if (time.isPresent() && time.getAsLong() <= LONGEST_NANOS) {
            return time.getAsLong();
        }
        problem(flag, "must be a time " + TimeText.EXAMPLES + ", or a number of milliseconds, of at most a day");
        return 0;
    }

    private double underLoad() {
        if (text(UNDER_LOAD).matches("\\d{1,6}(\\.\\d+)?")) {
            double factor = Double.parseDouble(text(UNDER_LOAD));
            if (factor >= 1) {
                return factor;
            }
        }
        problem(UNDER_LOAD, "must be a number of at least 1");
        return 1;
    }

    private void problem(String flag, String allowed) {
        problems.add(new LatencyReading.Problem(flag, allowed + ", but is '" + text(flag) + "'"));
    }

    private static String nameOf(Latencies.Calculator calculator) {
        return switch (calculator) {
            case WHAT_IS_GIVEN -> "";
            case CONSTANT, PER_TOKEN -> calculator.name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    private static String time(long nanos) {
        return TimeText.of(nanos);
    }
}
