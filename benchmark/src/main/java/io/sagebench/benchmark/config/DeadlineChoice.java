package io.sagebench.benchmark.config;

import io.sagebench.request.Priority;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What requests are promised: deadlines by priority, and for prompts those of the first token and of the gap between tokens.
final class DeadlineChoice {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double LONGEST_MS = 1e9;

    private final Values values;

    DeadlineChoice(Values values) {
        this.values = values;
    }

    Map<Priority, ServiceLevel> ofPrompts() {
        Optional<Duration> ttft = millis(Setting.TTFT_DEADLINE_MS).map(DeadlineChoice::duration);
        Optional<Duration> tpot = millis(Setting.TPOT_DEADLINE_MS).map(DeadlineChoice::duration);
        var levels = new EnumMap<Priority, ServiceLevel>(Priority.class);
        byPriority(Priority::name, Setting.LLM_SLO_DEADLINE_MS, Defaults.DEADLINES_OF_PROMPTS)
                .forEach((priority, ms) ->
                        levels.put(priority, new ServiceLevel(Optional.of(duration(ms)), ttft, tpot)));
        return levels;
    }

    Map<Priority, ServiceLevel> ofTexts() {
        var levels = new EnumMap<Priority, ServiceLevel>(Priority.class);
        byPriority(priority -> "embedding_" + priority.name(), Setting.EMBEDDING_SLO_DEADLINE_MS, Defaults.DEADLINES_OF_TEXTS)
                .forEach((priority, ms) -> levels.put(priority, ServiceLevel.endToEnd(duration(ms))));
        return levels;
    }

    /// The deadline of each priority in milliseconds: its own, else the one for all, else by default.
    private Map<Priority, Double> byPriority(
            Function<Priority, String> nameOf, Setting forAll, Defaults.Deadlines otherwise) {
        Optional<Double> all = millis(forAll);
        var given = new EnumMap<Priority, Double>(Priority.class);
        for (Priority priority : Priority.values()) {
            Setting.deadlineNamed(nameOf.apply(priority))
                    .flatMap(this::millis)
                    .or(() -> all)
                    .ifPresent(ms -> given.put(priority, ms));
        }
        var complete = new EnumMap<Priority, Double>(Priority.class);
        for (Priority priority : Priority.values()) {
            complete.put(priority, otherwise.millis(priority, given));
        }
        return complete;
    }

    private Optional<Double> millis(Setting setting) {
        return values.given(setting)
                .flatMap(value -> values.number(
                        value, "above 0 ms and at most 1000000000 ms", ms -> ms > 0 && ms <= LONGEST_MS));
    }

    private static Duration duration(double ms) {
        return Duration.ofNanos(Math.max(1, Math.round(ms * NANOS_PER_MILLI)));
    }
}
