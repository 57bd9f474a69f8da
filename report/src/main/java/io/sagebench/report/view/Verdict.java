package io.sagebench.report.view;

import java.util.List;

/// What a results file comes to, for whoever reads nothing else.
///
/// @param sentence which policy, at what load; or that none can be named, and for what reason
/// @param why      what it rests on, a sentence each
/// @param cautions what speaks against relying on it, the serious first
public record Verdict(String sentence, List<String> why, List<Caution> cautions) {
    /// How policies are ranked.
    public static final String RULE = "Policies are ranked by the share of all requests that met their service level (SLO); among those that cannot be told"
            + " apart by it, by the 99th percentile of the end-to-end latency.";

    public Verdict {
        why = List.copyOf(why);
        cautions = List.copyOf(cautions);
    }

    /// What speaks against relying on figures, or has to be known to read them.
    ///
    /// @param serious whether the figures may mislead; else it is a note
    /// @param text    a sentence
    public record Caution(boolean serious, String text) {}

    /// Of a results file of any kind.
    public static Verdict of(ResultsView view) {
        var said = switch (view.kind()) {
            case BENCHMARK -> BenchmarkVerdict.of(view);
            case SWEEP -> SweepVerdict.of(view);
            case EXPERIMENT -> ExperimentVerdict.of(view);
            case ENGINE -> EngineVerdict.of(view);
            case ENGINE_COMPARISON -> EngineVerdict.ofComparison(view);
        };
        return new Verdict(said.sentence(), said.why(), Cautions.of(view));
    }

    /// The part that depends on the kind.
    record Said(String sentence, List<String> why) {}
}
