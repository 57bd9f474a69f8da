package io.sagebench.benchmark.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.experiment.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final Map<String, OptionalDouble> FIGURES = figures();

    @Test
    void findsTheHighestAndTheLowestOfThoseThatAreKnown() {
        assertThat(Ranking.highest(FIGURES)).contains(new Ranking(List.of("b", "c"), 3));
        assertThat(Ranking.lowest(FIGURES)).contains(new Ranking(List.of("a"), 1));
        assertThat(Ranking.highest(Map.of("a", OptionalDouble.empty()))).isEmpty();
    }

    @Test
    void namesATie() {
        var summary = new Fields();
        Ranking.put(summary, "best_policy", Ranking.highest(FIGURES));
        Ranking.put(summary, "worst_policy", Ranking.lowest(FIGURES));
        Ranking.put(summary, "unknown_policy", Optional.empty());
        assertThat(summary.asMap()).containsOnlyKeys("best_policy", "best_policy_tied", "worst_policy", "unknown_policy");
        assertThat(summary.get("best_policy")).isEqualTo("b");
        assertThat(summary.get("best_policy_tied")).isEqualTo(List.of("b", "c"));
        assertThat(summary.get("unknown_policy")).isNull();
    }

    @Test
    void namesAllThatShowTheSameFigure() {
        assertThat(Ranking.line("Best", FIGURES, Ranking.highest(FIGURES), Tables::rate)).containsExactly("Best: b, c, e tie (3.0 req/s)");
        assertThat(Ranking.line("Best", FIGURES, Ranking.lowest(FIGURES), Tables::share)).containsExactly("Best: a (100.0%)");
    }

    private static Map<String, OptionalDouble> figures() {
        var figures = new LinkedHashMap<String, OptionalDouble>();
        figures.put("a", OptionalDouble.of(1));
        figures.put("b", OptionalDouble.of(3));
        figures.put("c", OptionalDouble.of(3));
        figures.put("d", OptionalDouble.empty());
        figures.put("e", OptionalDouble.of(2.999));
        return figures;
    }
}
