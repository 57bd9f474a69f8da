package io.sagebench.benchmark.engine;

import io.sagebench.benchmark.StopSignal;
import io.sagebench.random.Seed;
import io.sagebench.report.engine.EngineMeter;
import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.report.engine.EngineRunInfo;
import io.sagebench.report.engine.EngineSummary;
import io.sagebench.report.engine.EngineWindow;
import io.sagebench.report.engine.compare.EngineComparison;
import io.sagebench.report.engine.compare.TargetResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/// Measures several engines side by side: in each round every workload on every engine, in an order drawn anew, so that none has the cold start, the
/// quiet hour or the warm machine for itself. Engines work one at a time.
///
/// @param workloads what is sent, at least one
/// @param options   how; the same for all
/// @param rounds    how often, at least 1
public record SideBySide(List<EngineWorkload> workloads, EngineOptions options, int rounds) {
    public SideBySide {
        workloads = List.copyOf(workloads);
    }

    /// An engine that takes part.
    ///
    /// @param label  what the person who compares calls it
    /// @param where  for the report: a URL, or what was asked for
    /// @param target the engine; absent when it could not be reached
    /// @param reason why it could not; absent when it could
    public record Entrant(String label, String where, Optional<EngineTarget> target, Optional<String> reason) {

        /// One that is there.
        public static Entrant ready(String label, EngineTarget target) {
            return new Entrant(label, target.url().toString(), Optional.of(target), Optional.empty());
        }

        /// One that is not.
        public static Entrant missing(String label, String where, String reason) {
            return new Entrant(label, where, Optional.empty(), Optional.of(reason));
        }
    }

    /// Measures them all. Blocks; ends early, with what was measured, when `stop` asks.
    ///
    /// @param entrants  at least two, each with a label of its own; the first is the baseline
    /// @param runnerFor gives what measures, for prompts of lengths by the tokens of the engine given: the same prompts for all
    public EngineComparison measure(List<Entrant> entrants, Function<EngineTarget, EngineRunner> runnerFor, StopSignal stop) {
        Map<String, Map<String, List<EngineRun>>> runs = new LinkedHashMap<>();
        Optional<EngineTarget> reference = entrants.stream().flatMap(each -> each.target().stream()).findFirst();
        if (reference.isPresent()) {
            EngineRunner runner = runnerFor.apply(reference.get());
            SplittableRandom chance = new Seed(options.seed()).child("order of engines").generator();
            for (int round = 1; round <= rounds && !stop.isRequested(); round++) {
                for (EngineWorkload workload : workloads) {
                    for (Entrant entrant : shuffled(entrants, chance)) {
                        if (entrant.target().isPresent() && !stop.isRequested()) {
                            EngineRun run = runner.measure(entrant.target().get(), workload, options, round, stop);
                            if (!run.interrupted()) { // half a measurement would look like failures
                                runs.computeIfAbsent(entrant.label(), _ -> new LinkedHashMap<>())
                                        .computeIfAbsent(workload.name(), _ -> new ArrayList<>())
                                        .add(run);
                            }
                        }
                    }
                }
            }
        }
        return new EngineComparison(entrants.stream().map(each -> result(each, runs.getOrDefault(each.label(), Map.of()))).toList(), rounds);
    }

    private static List<Entrant> shuffled(List<Entrant> entrants, SplittableRandom chance) {
        var order = new ArrayList<>(entrants);
        for (int i = order.size() - 1; i > 0; i--) {
            int other = chance.nextInt(i + 1);
            Entrant swapped = order.get(i);
            order.set(i, order.get(other));
            order.set(other, swapped);
        }
        return order;
    }

    private TargetResult result(Entrant entrant, Map<String, List<EngineRun>> runs) {
        Map<String, EngineMetrics> all = new LinkedHashMap<>();
        Map<String, List<EngineMetrics>> repeats = new LinkedHashMap<>();
        for (EngineWorkload workload : workloads) {
            List<EngineRun> measured = runs.getOrDefault(workload.name(), List.of());
            if (!measured.isEmpty()) {
                List<EngineWindow> windows = measured.stream().map(EngineRun::window).toList();
                all.put(workload.name(), EngineMeter.of(windows));
                repeats.put(workload.name(), measured.stream().map(EngineRun::metrics).toList());
            }
        }
        Optional<String> failure = entrant.reason()
                .or(() -> all.size() < workloads.size() ? Optional.of("not every workload was measured") : Optional.empty());
        return new TargetResult(
                entrant.label(),
                entrant.where(),
                entrant.target().map(EngineTarget::model).orElse(""),
                new EngineSummary(all, repeats, entrant.target().map(this::info)),
                failure);
    }

    private EngineRunInfo info(EngineTarget target) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("backend", target.backend().wireName());
        facts.put("simulated", target.backend() == EngineBackend.MOCK);
        facts.put("model", target.model());
        facts.put("url", target.url().toString());
        facts.put("engine", target.description());
        facts.put("mode", options.mode().wireName());
        facts.put("endpoint", options.endpoint().wireName());
        facts.put("repeats", rounds);
        facts.put("seed", options.seed());
        return new EngineRunInfo(facts, target.notes());
    }
}
