package io.sagebench.report.engine.rank;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Who comes first on each workload. Runs are only ranked against those of the same workload: the shortest prompts would win else.
///
/// @param by        what decides
/// @param workloads places by the name of the workload, the best first, then the runs that have none
public record Ranking(RankBy by, Map<String, List<Place>> workloads) {
    public Ranking {
        workloads = Collections.unmodifiableMap(new LinkedHashMap<>(workloads));
    }

    /// A run and its place.
    ///
    /// @param rank from 1; equals share one; absent for a run that failed or lacks the figure
    public record Place(OptionalInt rank, MeasuredRun run) {}

    /// Ranks runs; equals stay in their order.
    public static Ranking of(List<MeasuredRun> runs, RankBy by) {
        var byWorkload = new LinkedHashMap<String, List<MeasuredRun>>();
        runs.forEach(run -> byWorkload.computeIfAbsent(run.workload(), _ -> new ArrayList<>()).add(run));
        var places = new LinkedHashMap<String, List<Place>>();
        byWorkload.forEach((workload, its) -> places.put(workload, places(its, by)));
        return new Ranking(by, places);
    }

    private static List<Place> places(List<MeasuredRun> runs, RankBy by) {
        Comparator<MeasuredRun> least = Comparator.comparingDouble(run -> run.figure(by).orElseThrow());
        List<MeasuredRun> ranked = runs.stream()
                .filter(run -> run.figure(by).isPresent())
                .sorted(by.isLowerBetter() ? least : least.reversed())
                .toList();
        var places = new ArrayList<Place>();
        int rank = 0;
        for (int i = 0; i < ranked.size(); i++) {
            if (i == 0 || least.compare(ranked.get(i - 1), ranked.get(i)) != 0) {
                rank = i + 1;
            }
            places.add(new Place(OptionalInt.of(rank), ranked.get(i)));
        }
        runs.stream().filter(run -> run.figure(by).isEmpty()).forEach(run -> places.add(new Place(OptionalInt.empty(), run)));
        return List.copyOf(places);
    }
}
