package io.sagebench.benchmark;

import static io.sagebench.benchmark.Configs.aBenchmark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sagebench.live.files.TraceFile;
import io.sagebench.live.files.TraceLimit;
import io.sagebench.live.files.TraceReading;
import io.sagebench.workload.Trace;
import io.sagebench.workload.WorkloadSpec.Load;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Real load in virtual time: the Azure conversation trace where it is at hand, and a made one everywhere.
class TraceReplayTest {
    private static final Path CONVERSATIONS = Path.of("../../shared/data/azure-llm-2023-conv.csv");

    @Test
    void replaysTenMinutesOfTheAzureConversationTrace() {
        assumeTrue(Files.exists(CONVERSATIONS), "skipped: the Azure conversation trace is not at " + CONVERSATIONS);
        TraceReading reading = TraceFile.read(CONVERSATIONS, TraceLimit.span(Duration.ofMinutes(10)));
        assertThat(reading).isInstanceOf(TraceReading.Loaded.class);
        Trace trace = ((TraceReading.Loaded) reading).trace();
        assertThat(trace.size()).isGreaterThan(2_000);

        assertReplayed(trace);
    }

    @Test
    void replaysAMadeTraceExactly() {
        var trace = new Trace("made", new long[] {0, 4_315, 4_315, 1_000_000_007}, new int[] {374, 1, 14_050, 7}, new int[] {44, 1, 1_000, 2});

        assertReplayed(trace);
    }

    @Test
    void replaysAFasterTraceWithTheSameProportions() {
        var trace = new Trace("made", new long[] {0, 4_315, 4_315, 1_000_000_007}, new int[] {374, 1, 14_050, 7}, new int[] {44, 1, 1_000, 2});
        var recording = new Recording();
        var config = aBenchmark().policies("fifo").load(new Load.Replayed(trace, 4, 4)).build();

        new Benchmark().run(config, BenchmarkListener.SILENT, recording, new StopSignal());

        var window = recording.windows().getFirst();
        assertThat(window.records().stream().map(record -> record.sentAtNanos().orElseThrow() - window.window().startNanos()).sorted())
                .containsExactly(0L, 1_079L, 1_079L, 250_000_002L);
    }

    /// Every request is sent at its time, with its lengths, and accounted for once, under each policy.
    private static void assertReplayed(Trace trace) {
        var recording = new Recording();
        var config = aBenchmark().load(new Load.Replayed(trace, trace.size())).build();

        var result = new Benchmark().run(config, BenchmarkListener.SILENT, recording, new StopSignal());

        assertThat(result).isInstanceOf(BenchmarkResult.Measured.class);
        assertThat(recording.windows()).hasSize(3).allSatisfy(window -> {
            assertThat(window.records()).hasSize(trace.size());
            assertThat(window.records()).extracting(record -> record.planned().index()).doesNotHaveDuplicates();
            for (var record : window.records()) {
                int index = (int) record.planned().index();
                assertThat(record.sentAtNanos().orElseThrow() - window.window().startNanos()).isEqualTo(trace.atNanos(index));
                assertThat(record.planned().promptTokens()).isEqualTo(trace.promptTokens(index));
                if (record.isCompleted()) {
                    assertThat(record.tokens().output()).isEqualTo(trace.outputTokens(index));
                }
            }
        });
    }
}
