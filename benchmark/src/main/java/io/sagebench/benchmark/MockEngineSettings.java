package io.sagebench.benchmark;

import io.sagebench.benchmark.config.DidYouMean;
import io.sagebench.engine.fault.FailureInjection;
import io.sagebench.engine.fault.FaultError;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultReading;
import io.sagebench.engine.fault.FaultText;
import io.sagebench.engine.fault.FaultyEngine;
import io.sagebench.engine.latency.Latencies;
import io.sagebench.engine.latency.LatencyEngine;
import io.sagebench.engine.latency.LatencyFlags;
import io.sagebench.engine.latency.LatencyReading;
import io.sagebench.live.server.Adjustable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What of a mock engine can be changed while it runs, by the names of its options: its faults, and its latencies where they are given.
final class MockEngineSettings implements Adjustable {
    private static final String FAULTS = "faults";
    private static final String RATE = "failure-injection-rate";
    private static final String TYPES = "failure-types";

    private final FaultyEngine engine;
    private final Optional<LatencyEngine> latencyEngine;
    private FaultPlan faults;
    private FailureInjection failures;

    /// @param faults        in force now
    /// @param failures      in force beside them
    /// @param latencyEngine the engine within, when its latencies are given
    MockEngineSettings(
            FaultyEngine engine, FaultPlan faults, FailureInjection failures, Optional<LatencyEngine> latencyEngine) {
        this.engine = engine;
        this.faults = faults;
        this.failures = failures;
        this.latencyEngine = latencyEngine;
    }

    @Override
    public Map<String, Object> settings() {
        var all = new LinkedHashMap<String, Object>();
        all.put(FAULTS, faults.texts());
        all.put(RATE, failures.percent());
        all.put(TYPES, failures.errors().stream().map(FaultError::name).toList());
        latencyEngine.ifPresent(with -> all.putAll(LatencyFlags.texts(with.latencies())));
        return all;
    }

    @Override
    public List<String> adjust(Map<String, Object> changes) {
        var mistakes = new ArrayList<String>();
        var known = settings().keySet();
        for (String name : changes.keySet()) {
            if (!known.contains(name)) {
                String hint = DidYouMean.hint(known, name);
                mistakes.add("unknown setting '" + name + "'" + (hint.isEmpty() ? "; there are " + String.join(", ", known) : hint));
            }
        }
        FaultPlan newFaults = changes.containsKey(FAULTS) ? faults(changes.get(FAULTS), mistakes) : faults;
        double newRate = changes.containsKey(RATE) ? rate(changes.get(RATE), mistakes) : failures.percent();
        List<FaultError> newTypes = changes.containsKey(TYPES) ? types(changes.get(TYPES), mistakes) : failures.errors();
        Optional<Latencies> newLatencies = latencyEngine.map(with -> latencies(with.latencies(), changes, mistakes));
        if (mistakes.isEmpty()) {
            if (changes.containsKey(FAULTS) || changes.containsKey(RATE) || changes.containsKey(TYPES)) {
                faults = newFaults;
                failures = new FailureInjection(newRate, newTypes);
                engine.follow(faults.with(failures.rules()));
            }
            newLatencies.ifPresent(others -> latencyEngine.orElseThrow().set(others));
        }
        return mistakes;
    }

    private static FaultPlan faults(Object given, List<String> mistakes) {
        Optional<List<String>> texts = texts(given);
        if (texts.isEmpty()) {
            mistakes.add(FAULTS + " must be a text such as \"error:503@2%\", or a list of such");
            return FaultPlan.NONE;
        }
        return switch (FaultText.plan(texts.get())) {
            case FaultReading.Read(FaultPlan plan) -> {
                if (plan.namesEngines()) {
                    mistakes.add(FAULTS + ": engine= is for several engines, and here is one");
                }
                yield plan;
            }
            case FaultReading.Wrong(List<String> problems) -> {
                problems.forEach(problem -> mistakes.add(FAULTS + ": " + problem));
                yield FaultPlan.NONE;
            }
        };
    }

    private static double rate(Object given, List<String> mistakes) {
        if (given instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 100) {
            return number.doubleValue();
        }
        mistakes.add(RATE + " must be a number from 0 to 100, but is " + given);
        return 0;
    }

    private static List<FaultError> types(Object given, List<String> mistakes) {
        List<String> names = texts(given).orElse(List.of());
        if (names.isEmpty() && !(given instanceof List<?> list && list.isEmpty())) {
            mistakes.add(TYPES + " must be a list of names, but is " + given);
        }
        var errors = new ArrayList<FaultError>();
        for (String name : names) {
            FaultError.named(name).ifPresentOrElse(errors::add, () -> mistakes.add(unknownType(name)));
        }
        return errors.isEmpty() ? FaultError.NAMED : errors;
    }

    /// What to say of a failure type that does not exist.
    static String unknownType(String name) {
        List<String> names = FaultError.NAMED.stream().map(FaultError::name).toList();
        return TYPES + " must be of " + String.join(", ", names) + ", but has '" + name + "'" + DidYouMean.hint(names, name);
    }

    private static Optional<List<String>> texts(Object given) {
        if (given instanceof String text) {
            return Optional.of(List.of(text));
        }
        return given instanceof List<?> list && list.stream().allMatch(String.class::isInstance)
                ? Optional.of(list.stream().map(String.class::cast).toList())
                : Optional.empty();
    }

    private static Latencies latencies(Latencies before, Map<String, Object> changes, List<String> mistakes) {
        Map<String, String> texts = changes.entrySet().stream()
                .filter(change -> LatencyFlags.NAMES.contains(change.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, change -> String.valueOf(change.getValue())));
        return switch (LatencyFlags.changed(before, texts)) {
            case LatencyReading.Read(Latencies latencies) -> latencies;
            case LatencyReading.Wrong(List<LatencyReading.Problem> problems) -> {
                problems.forEach(problem -> mistakes.add(problem.flag() + " " + problem.message()));
                yield before;
            }
        };
    }
}
