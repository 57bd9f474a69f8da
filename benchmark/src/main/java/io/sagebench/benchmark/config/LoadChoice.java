package io.sagebench.benchmark.config;

import io.sagebench.live.files.TraceFile;
import io.sagebench.live.files.TraceLimit;
import io.sagebench.live.files.TraceReading;
import io.sagebench.workload.WorkloadSpec.Load;
import io.sagebench.workload.WorkloadSpec.Load.Pattern;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// When requests come and how many: made at a rate, or replayed from a trace.
final class LoadChoice {
    /// What a trace decides itself, as options.
    private static final Map<Setting, String> DECIDED_BY_TRACE = Map.of(
            Setting.REQUEST_RATE, "the times",
            Setting.ARRIVAL_PATTERN, "the times",
            Setting.PROMPT_LEN_RANGE, "the lengths",
            Setting.OUTPUT_LEN_RANGE, "the lengths");

    private static final double MOST_RATE = 1e9;
    private static final double MOST_SECONDS = 10 * 365.25 * 86_400;

    private final Values values;
    private final List<String> notes;

    LoadChoice(Values values, List<String> notes) {
        this.values = values;
        this.notes = notes;
    }

    Load load() {
        int requests = values.whole(Setting.NUM_REQUESTS, Defaults.REQUESTS, 1);
        double rate = values.aboveZero(Setting.REQUEST_RATE, Defaults.RATE, " requests/s");
        values.origin(Setting.REQUEST_RATE)
                .filter(_ -> rate > MOST_RATE || requests / rate > MOST_SECONDS)
                .ifPresent(origin -> values.problem(
                        origin,
                        rate > MOST_RATE
                                ? "must be at most a billion requests/s, but is " + rate
                                : "is so low that " + requests + " requests would take more than ten years, being " + rate
                                        + " requests/s"));
        Pattern pattern = values.text(Setting.ARRIVAL_PATTERN).map(this::pattern).orElse(Pattern.POISSON);
        Optional<String> trace = values.text(Setting.TRACE);
        if (trace.isPresent()) {
            return replayed(trace.get()).orElseGet(() -> new Load.Generated(requests, rate, pattern));
        }
        values.origin(Setting.DURATION).ifPresent(origin -> values.problem(origin, "says how much of a trace is replayed, and needs --trace"));
        return new Load.Generated(requests, rate, pattern);
    }

    private Pattern pattern(String name) {
        var names = new ArrayList<String>();
        for (Pattern pattern : Pattern.values()) {
            if (pattern.name().equalsIgnoreCase(name)) {
                return pattern;
            }
            names.add(pattern.name().toLowerCase(Locale.ROOT));
        }
        values.problem(
                values.origin(Setting.ARRIVAL_PATTERN).orElseThrow(),
                "must be one of " + String.join(", ", names) + ", but is '" + name + "'" + DidYouMean.hint(names, name));
        return Pattern.POISSON;
    }

    private Optional<Load> replayed(String name) {
        Origin origin = values.origin(Setting.TRACE).orElseThrow();
        refuseWhatTheTraceDecides();
        Optional<Integer> most = values.whole(Setting.NUM_REQUESTS, 1);
        var span = values.duration(Setting.DURATION);
        var limit = new TraceLimit(most.orElse(TraceLimit.NONE.requests()), span.orElse(TraceLimit.NONE.span()));
        TraceReading reading;
        try {
            reading = TraceFile.read(Path.of(name), limit);
        } catch (InvalidPathException _) {
            values.problem(origin, "must be the name of a file, but is '" + name + "'");
            return Optional.empty();
        }
        switch (reading) {
            case TraceReading.Unreadable(var messages) -> {
                messages.forEach(message -> values.sentence(origin, message));
                return Optional.empty();
            }
            case TraceReading.Loaded loaded -> {
                var trace = loaded.trace();
                if (span.isEmpty() && most.isPresent() && most.get() > trace.size()) {
                    values.problem(
                            values.origin(Setting.NUM_REQUESTS).orElseThrow(),
                            "must be at most " + trace.size() + ", which is all the trace has, but is " + most.get());
                    return Optional.empty();
                }
                notes.addAll(TraceFile.notes(name, loaded));
                return Optional.of(new Load.Replayed(trace, trace.size()));
            }
        }
    }

    /// An option that would do nothing is a mistake; in a file it may serve runs without the trace.
    private void refuseWhatTheTraceDecides() {
        for (Setting setting : Setting.values()) {
            String decided = DECIDED_BY_TRACE.get(setting);
            if (decided != null && values.origin(setting).orElse(null) instanceof Origin.Option option) {
                values.problem(option, "has no effect with a trace, which brings " + decided + " itself");
            }
        }
    }
}
