package io.sagebench.benchmark;

import static io.sagebench.benchmark.Configs.aBenchmark;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.journal.RequestRecord;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.random.Seed;
import io.sagebench.report.PolicyReport;
import io.sagebench.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs in virtual time, with engines that take many steps at once and with engines that take each by itself: the records and all
/// numbers are the same, to the last bit.
class EventSkippingRunTest {
    private record Numbers(List<String> records, List<RunMetrics> metrics) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aCrowdedFleetGivesTheSameEitherWay(long seed) {
        compare(seed, profile -> profile.withMaxNumSeqs(7));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aFleetShortOfCacheGivesTheSameEitherWay(long seed) {
        compare(seed, profile -> profile.withKvBlocks(60));
    }

    private static void compare(long seed, UnaryOperator<EngineProfile> change) {
        Numbers skipping = run(seed, false, change);
        Numbers stepwise = run(seed, true, change);
        assertThat(skipping.records()).isEqualTo(stepwise.records()).isNotEmpty();
        assertThat(skipping.metrics()).isEqualTo(stepwise.metrics());
    }

    private static Numbers run(long seed, boolean eachToken, UnaryOperator<EngineProfile> change) {
        EngineProfile profile = change.apply(EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow());
        var recording = new Recording();
        var result = (BenchmarkResult.Measured) new Benchmark(
                        config -> new Session.Opening.Opened(new SimulatedSession(
                                config, (timeline, ofRun) -> fleet(config, profile, timeline, ofRun), eachToken)))
                .run(
                        aBenchmark().requests(1_000, 115).seed(seed).build(),
                        BenchmarkListener.SILENT,
                        recording,
                        new StopSignal());
        var lines = new ArrayList<String>();
        recording.windows().forEach(window -> window.records().forEach(record -> lines.add(line(record))));
        return new Numbers(
                lines, result.policies().stream().map(PolicyReport::metrics).toList());
    }

    private static List<Engine> fleet(BenchmarkConfig config, EngineProfile profile, Timeline timeline, Seed seed) {
        var engines = new ArrayList<Engine>();
        for (int number = 1; number <= config.fleet().instances(); number++) {
            engines.add(new SimulatedEngine(
                    timeline, new EngineId("engine-" + number), ServedModels.of("default"), profile, seed.child(number)));
        }
        return engines;
    }

    private static String line(RequestRecord record) {
        var line = new StringBuilder()
                .append(record.planned().id())
                .append(' ')
                .append(record.outcome())
                .append(' ')
                .append(record.tokens())
                .append(' ')
                .append(record.servedBy())
                .append(' ')
                .append(record.endedAtNanos());
        for (int i = 0; i < record.content().events(); i++) {
            line.append(' ').append(record.content().eventAtNanos(i));
        }
        return line.toString();
    }
}
