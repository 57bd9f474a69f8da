package io.sagebench.report.engine.gate;

import io.sagebench.report.engine.EngineMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// What engines promise, by year. Each year asks more.
public enum EngineContract {
    /// The first.
    YEAR1(
            atMost("ttft_ms", "avg_ttft_ms", 100),
            atMost("tbt_ms", "avg_tbt_ms", 20),
            atMost("tpot_ms", "avg_tpot_ms", 20),
            atLeast("throughput_tps", "avg_throughput_tps", 50),
            atMost("error_rate", "error_rate", 0.05),
            atMost("peak_mem_mb", "peak_mem_mb", 32_768)),
    /// The second, which asks for reuse of prefixes.
    YEAR2(
            atMost("ttft_ms", "avg_ttft_ms", 50),
            atMost("tbt_ms", "avg_tbt_ms", 10),
            atMost("tpot_ms", "avg_tpot_ms", 10),
            atLeast("throughput_tps", "avg_throughput_tps", 100),
            atMost("error_rate", "error_rate", 0.02),
            atMost("peak_mem_mb", "peak_mem_mb", 24_576),
            atLeast("prefix_hit_rate", "prefix_hit_rate", 0.7)),
    /// The third, which asks for speculative decoding, too.
    YEAR3(
            atMost("ttft_ms", "avg_ttft_ms", 30),
            atMost("tbt_ms", "avg_tbt_ms", 5),
            atMost("tpot_ms", "avg_tpot_ms", 5),
            atLeast("throughput_tps", "avg_throughput_tps", 200),
            atMost("error_rate", "error_rate", 0.01),
            atMost("peak_mem_mb", "peak_mem_mb", 16_384),
            atLeast("prefix_hit_rate", "prefix_hit_rate", 0.85),
            atLeast("spec_accept_rate", "spec_accept_rate", 0.6));

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final List<Clause> clauses;

    EngineContract(Clause... clauses) {
        this.clauses = List.of(clauses);
    }

    /// One limit.
    ///
    /// @param name   of the check
    /// @param field  the figure it looks at
    /// @param isMost whether the limit is the most, or else the least, that is allowed
    /// @param limit  itself allowed
    public record Clause(String name, String field, boolean isMost, double limit) {

        /// For people: `avg_ttft_ms <= 100`.
        public String text() {
            return field + (isMost ? " <= " : " >= ") + number(limit);
        }
    }

    /// What became of one limit.
    ///
    /// @param clause which
    /// @param value  of its figure; absent when it was not measured, which fails the check
    public record Check(Clause clause, OptionalDouble value) {

        /// Whether the figure was measured and keeps to the limit.
        public boolean passed() {
            return value.isPresent()
                    && (clause.isMost() ? value.getAsDouble() <= clause.limit() : value.getAsDouble() >= clause.limit());
        }

        /// For people: `avg_ttft_ms 45.2 <= 100`.
        public String text() {
            return value.isEmpty()
                    ? clause.field() + " was not measured (" + clause.text() + ")"
                    : clause.field() + " " + number(value.getAsDouble()) + (passed() ? "" : " is not")
                            + (clause.isMost() ? " <= " : " >= ") + number(clause.limit());
        }
    }

    /// What became of all limits.
    ///
    /// @param contract which
    /// @param checks   in its order
    public record Result(EngineContract contract, List<Check> checks) {
        public Result {
            checks = List.copyOf(checks);
        }

        /// Whether all passed.
        public boolean passed() {
            return checks.stream().allMatch(Check::passed);
        }

        /// `Contract YEAR1: PASSED (6/6 checks passed)`.
        public String summary() {
            return "Contract " + contract + ": " + (passed() ? "PASSED" : "FAILED") + " ("
                    + checks.stream().filter(Check::passed).count() + "/" + checks.size() + " checks passed)";
        }
    }

    /// The name in options and files.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The contract of that name, if there is one.
    public static Optional<EngineContract> named(String name) {
        return Arrays.stream(values()).filter(contract -> contract.wireName().equals(name)).findFirst();
    }

    /// All names.
    public static List<String> names() {
        return Arrays.stream(values()).map(EngineContract::wireName).toList();
    }

    /// Its limits.
    public List<Clause> clauses() {
        return clauses;
    }

    /// Holds the figures of a workload against it. What was not measured fails, and so does a run in which no request succeeded, whose zeros are
    /// no latencies.
    public Result check(EngineMetrics metrics) {
        boolean isEmpty = metrics.count("successful_requests") == 0;
        var checks = new ArrayList<Check>();
        for (Clause clause : clauses) {
            boolean counts = !isEmpty || (clause.field().equals("error_rate") && metrics.count("total_requests") > 0);
            checks.add(new Check(clause, counts ? metrics.value(clause.field()) : OptionalDouble.empty()));
        }
        return new Result(this, checks);
    }

    private static Clause atMost(String name, String field, double limit) {
        return new Clause(name, field, true, limit);
    }

    private static Clause atLeast(String name, String field, double limit) {
        return new Clause(name, field, false, limit);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.4f", value).replaceFirst("0+$", "");
    }
}
