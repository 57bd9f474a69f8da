package io.sagebench.benchmark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.benchmark.engine.SideBySide.Entrant;
import io.sagebench.report.engine.EngineMeter;
import io.sagebench.report.engine.EngineWindow;
import io.sagebench.report.engine.compare.EngineComparison;
import io.sagebench.report.engine.compare.TargetResult;
import io.sagebench.request.Tokenizer;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    private static final List<EngineWorkload> WORKLOADS = EngineWorkloads.selected("m1").orElseThrow().subList(0, 2);

    private final List<String> order = new ArrayList<>();

    /// Measures nothing, and keeps who was to be measured.
    private EngineRun note(EngineTarget target, EngineWorkload workload, int repeat, boolean interrupted) {
        order.add(repeat + " " + workload.name() + " " + target.url().getHost());
        var window = new EngineWindow(List.of(), 0, Instant.EPOCH, EngineWindow.Use.UNKNOWN);
        return new EngineRun(workload, repeat, window, EngineMeter.of(List.of(window)), interrupted);
    }

    private EngineComparison measure(int rounds, Entrant... entrants) {
        return new SideBySide(WORKLOADS, EngineOptions.DEFAULT, rounds)
                .measure(List.of(entrants), _ -> (target, workload, _, repeat, _) -> note(target, workload, repeat, false), new StopSignal());
    }

    @Test
    void eachRoundMeasuresEveryWorkloadOnEveryEngineInAnOrderOfItsOwn() {
        measure(20, Entrant.ready("a", new Engine("a")), Entrant.ready("b", new Engine("b")));

        assertThat(order).hasSize(80).doesNotHaveDuplicates();
        var pairs = new HashSet<String>();
        for (int i = 0; i < order.size(); i += 2) {
            String one = order.get(i);
            String other = order.get(i + 1);
            assertThat(one.substring(0, one.length() - 1)).isEqualTo(other.substring(0, other.length() - 1));
            pairs.add(one.charAt(one.length() - 1) + "" + other.charAt(other.length() - 1));
        }
        assertThat(pairs).as("who comes first changes").containsExactlyInAnyOrder("ab", "ba");
    }

    @Test
    void theSameSeedGivesTheSameOrder() {
        measure(5, Entrant.ready("a", new Engine("a")), Entrant.ready("b", new Engine("b")));
        List<String> first = List.copyOf(order);
        order.clear();
        measure(5, Entrant.ready("a", new Engine("a")), Entrant.ready("b", new Engine("b")));

        assertThat(order).isEqualTo(first);
    }

    @Test
    void anEngineThatIsNotThereFailsAndTheOthersAreMeasured() {
        EngineComparison comparison = measure(
                3, Entrant.missing("a", "http://a", "nobody listens"), Entrant.ready("b", new Engine("b")));

        assertThat(order).hasSize(6).allMatch(each -> each.endsWith(" b"));
        assertThat(comparison.targets().getFirst().failure()).contains("nobody listens");
    }

    @Test
    void withoutAnyEngineNothingIsMeasured() {
        EngineComparison comparison = measure(3, Entrant.missing("a", "x", "gone"), Entrant.missing("b", "y", "gone"));

        assertThat(order).isEmpty();
        assertThat(comparison.failed()).hasSize(2);
    }

    @Test
    void promptsAreMadeForTheFirstThatIsThere() {
        var asked = new ArrayList<String>();
        new SideBySide(WORKLOADS, EngineOptions.DEFAULT, 1).measure(
                List.of(Entrant.missing("a", "x", "gone"), Entrant.ready("b", new Engine("b")), Entrant.ready("c", new Engine("c"))),
                reference -> {
                    asked.add(reference.url().getHost());
                    return (target, workload, _, repeat, _) -> note(target, workload, repeat, false);
                },
                new StopSignal());

        assertThat(asked).containsExactly("b");
    }

    @Test
    void halfAMeasurementDoesNotCount() {
        var stop = new StopSignal();
        EngineComparison comparison = new SideBySide(WORKLOADS, EngineOptions.DEFAULT, 3).measure(
                List.of(Entrant.ready("a", new Engine("a")), Entrant.ready("b", new Engine("b"))),
                _ -> (target, workload, _, repeat, _) -> {
                    stop.request();
                    return note(target, workload, repeat, true);
                },
                stop);

        assertThat(order).hasSize(1);
        assertThat(comparison.targets()).extracting(TargetResult::failure).containsOnly(Optional.of("not every workload was measured"));
    }

    private record Engine(String host) implements EngineTarget {
        @Override
        public EngineBackend backend() {
            return EngineBackend.OPENAI;
        }

        @Override
        public URI url() {
            return URI.create("http://" + host);
        }

        @Override
        public String model() {
            return "m";
        }

        @Override
        public String description() {
            return host;
        }

        @Override
        public List<String> notes() {
            return List.of();
        }

        @Override
        public Optional<ApiKey> apiKey() {
            return Optional.empty();
        }

        @Override
        public Optional<Tokenizer> tokenizer() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
