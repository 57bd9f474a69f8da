package io.sagebench.benchmark.config;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.arrival.BatchArrivals;
import io.sagebench.arrival.Ramp;
import io.sagebench.arrival.VaryingArrivals;
import io.sagebench.live.files.TraceFile;
import io.sagebench.live.files.TraceLimit;
import io.sagebench.live.files.TraceReading;
import io.sagebench.workload.Extent;
import io.sagebench.workload.WorkloadSpec.Load;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// When requests come and how many: by a rule, replayed from a trace, or as callers wait for their answers.
final class LoadChoice {
    /// What a trace decides itself beside the times, as options.
    private static final Map<Setting, String> DECIDED_BY_TRACE =
            Map.of(Setting.PROMPT_LEN_RANGE, "the lengths", Setting.OUTPUT_LEN_RANGE, "the lengths");

    private static final double MOST_SECONDS = 10 * 365.25 * 86_400;
    private static final double MOST_REQUESTS = 1e9;
    private static final int MOST_CALLERS = 1_000_000;
    private static final double MOST_SPEED = 1e6;

    private final Values values;
    private final List<String> notes;
    private final ArrivalChoice arrivalChoice;
    private final Optional<Integer> requests;
    private final Optional<Duration> span;
    private final Optional<Integer> concurrency;
    private final Optional<Double> speed;

    LoadChoice(Values values, List<String> notes) {
        this.values = values;
        this.notes = notes;
        requests = values.whole(Setting.NUM_REQUESTS, 1);
        span = values.duration(Setting.DURATION);
        arrivalChoice = new ArrivalChoice(values);
        concurrency = values.given(Setting.CONCURRENCY).flatMap(value -> values.whole(value, 1, MOST_CALLERS));
        speed = values.given(Setting.TRACE_SPEED)
                .flatMap(value -> values.number(value, "above 0 and at most a million", number -> number > 0 && number <= MOST_SPEED));
    }

    Load load() {
        Optional<String> trace = values.text(Setting.TRACE);
        if (trace.isPresent() && !concurrencyWinsOverTrace()) {
            return replayed(trace.get()).orElseGet(() -> Load.poisson(Defaults.REQUESTS, Defaults.RATE));
        }
        refuse(Setting.TRACE_SPEED, "needs --trace");
        return concurrency.<Load>map(this::closed).orElseGet(this::open);
    }

    /// The one that is closer to the command counts.
    private boolean concurrencyWinsOverTrace() {
        if (values.origin(Setting.CONCURRENCY).isEmpty()) {
            return false;
        }
        if (rank(Setting.CONCURRENCY) == rank(Setting.TRACE)) {
            values.problem(
                    values.origin(Setting.CONCURRENCY).orElseThrow(), "cannot go with a trace, whose requests come at their own times");
        }
        return rank(Setting.CONCURRENCY) < rank(Setting.TRACE);
    }

    private Load open() {
        ArrivalProcess arrivals = arrivalChoice.process();
        Extent extent = extent(
                arrivals instanceof VaryingArrivals(Ramp ramp, var _)
                        ? Extent.time(Duration.ofNanos(Math.round(ramp.seconds() * 1e9)))
                        : Extent.requests(Defaults.REQUESTS));
        if (arrivals instanceof BatchArrivals && !extent.countsRequests()) {
            values.problem(
                    values.origin(Setting.DURATION).orElseThrow(), "cannot end the pattern batch, which sends everything at once; give --requests");
        } else {
            checkSize(arrivals.meanPerSecond(), extent);
        }
        if (arrivals.ends() && !extent.isTimed()) {
            values.problem(
                    values.origin(Setting.RAMP).orElseThrow(),
                    "ends at 0 requests/s, which may be before " + extent.requests() + " requests; give --duration, or leave --requests out");
        }
        return new Load.Open(arrivals, extent);
    }

    private void checkSize(double rate, Extent extent) {
        if (!extent.isTimed() && extent.requests() / rate > MOST_SECONDS) {
            values.origin(Setting.REQUEST_RATE)
                    .or(() -> values.origin(Setting.RAMP))
                    .ifPresent(origin -> values.problem(
                            origin,
                            "is so low that " + extent.requests() + " requests would take more than ten years, being " + rate
                                    + " requests/s"));
        }
        if (!extent.countsRequests() && extent.span().toNanos() / 1e9 * rate > MOST_REQUESTS) {
            values.origin(Setting.DURATION)
                    .or(() -> values.origin(Setting.RAMP))
                    .ifPresent(origin -> values.problem(origin, "is so long that more than a billion requests would come, at " + rate
                            + " requests/s"));
        }
    }

    private Load closed(int callers) {
        String why = "has no effect with --concurrency, where each request follows the end of another";
        ArrivalChoice.settings().forEach(setting -> refuse(setting, why));
        refuse(Setting.MAX_IN_FLIGHT, "has no effect with --concurrency, which limits what is in flight itself");
        return new Load.Closed(callers, extent(Extent.requests(Defaults.REQUESTS)));
    }

    /// By requests, time, or both; of the two, the one that is closer to the command counts.
    private Extent extent(Extent otherwise) {
        if (requests.isEmpty() && span.isEmpty()) {
            return otherwise;
        }
        boolean byNumber = requests.isPresent() && (span.isEmpty() || rank(Setting.NUM_REQUESTS) <= rank(Setting.DURATION));
        boolean byTime = span.isPresent() && (requests.isEmpty() || rank(Setting.DURATION) <= rank(Setting.NUM_REQUESTS));
        return new Extent(
                byNumber ? requests.orElseThrow() : Extent.time(Duration.ofNanos(1)).requests(),
                byTime ? span.orElseThrow() : Extent.requests(1).span());
    }

    private int rank(Setting setting) {
        return values.origin(setting).map(Origin::rank).orElse(Integer.MAX_VALUE);
    }

    private Optional<Load> replayed(String name) {
        Origin origin = values.origin(Setting.TRACE).orElseThrow();
        refuseWhatTheTraceDecides();
        var limit = new TraceLimit(requests.orElse(TraceLimit.NONE.requests()), span.orElse(TraceLimit.NONE.span()));
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
                if (span.isEmpty() && requests.isPresent() && requests.get() > trace.size()) {
                    values.problem(
                            values.origin(Setting.NUM_REQUESTS).orElseThrow(),
                            "must be at most " + trace.size() + ", which is all the trace has, but is " + requests.get());
                    return Optional.empty();
                }
                notes.addAll(TraceFile.notes(name, loaded));
                return Optional.of(new Load.Replayed(trace, trace.size(), speed.orElse(1.0)));
            }
        }
    }

    private void refuseWhatTheTraceDecides() {
        for (Setting setting : Setting.values()) {
            String decided = ArrivalChoice.settings().contains(setting) ? "the times" : DECIDED_BY_TRACE.get(setting);
            boolean saysTrace = setting == Setting.ARRIVAL_PATTERN && arrivalChoice.isTrace();
            if (decided != null && !saysTrace) {
                refuse(setting, "has no effect with a trace, which brings " + decided + " itself");
            }
        }
    }

    /// An option that would do nothing is a mistake; in a file it may serve other runs.
    private void refuse(Setting setting, String why) {
        if (values.origin(setting).orElse(null) instanceof Origin.Option option) {
            values.problem(option, why);
        }
    }
}
