package io.sagebench.benchmark;

import static io.sagebench.benchmark.Configs.aBenchmark;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.arrival.BurstArrivals;
import io.sagebench.journal.RequestRecord;
import io.sagebench.metrics.Validity.Verdict;
import io.sagebench.report.PolicyReport;
import io.sagebench.workload.Extent;
import io.sagebench.workload.WorkloadSpec.Load;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Loads of each shape, from the configuration to the numbers.
class LoadShapesTest {
    private final Recording recording = new Recording();

    @Test
    void aClosedLoopKeepsAllItsCallersBusyAndNoMore() {
        var report = measured(aBenchmark().policies("fifo").load(new Load.Closed(4, Extent.requests(60))));
        assertThat(report.metrics().counts().completed()).isEqualTo(60);
        assertThat(report.metrics().throughput().peakInFlight()).isEqualTo(4);
        List<RequestRecord> records = inOrderOfIntention();
        for (int i = 4; i < records.size(); i++) {
            long intendedNanos = records.get(i).planned().intendedAtNanos();
            assertThat(records).as("some request ended when request %d was to leave", i).anyMatch(record -> record.endedAtNanos() == intendedNanos);
            assertThat(records.get(i).sendLagNanos()).hasValue(0);
        }
    }

    @Test
    void aClosedLoopAsksThePoliciesTheSameThoughAtOtherTimes() {
        measured(aBenchmark().policies("fifo", "slo_aware").load(new Load.Closed(64, Extent.requests(200))));
        assertThat(recording.windows()).hasSize(2);
        assertThat(recording.windows().get(0).records().stream().map(record -> record.planned().id()))
                .containsExactlyInAnyOrderElementsOf(
                        recording.windows().get(1).records().stream().map(record -> record.planned().id()).toList());
    }

    @Test
    void aClosedLoopOfSomeTimeEndsWithTheLastAnswers() {
        measured(aBenchmark().policies("fifo").load(new Load.Closed(3, Extent.time(Duration.ofSeconds(30)))));
        var window = recording.windows().getFirst();
        long endNanos = window.window().startNanos() + 30_000_000_000L;
        assertThat(window.records()).hasSizeGreaterThan(10).allMatch(record -> record.planned().intendedAtNanos() < endNanos);
        assertThat(window.records().stream().filter(record -> record.endedAtNanos() >= endNanos)).as("the last of each caller").hasSize(3);
    }

    @Test
    void aClosedLoopRunsOverHttpToo() {
        var report = measured(aBenchmark().of(new Target.Embedded()).policies("fifo").warmup(3).load(new Load.Closed(5, Extent.requests(40))));
        assertThat(report.metrics().counts().completed()).isEqualTo(40);
        assertThat(report.metrics().throughput().peakInFlight()).isEqualTo(5);
        assertThat(recording.windows().getFirst().records()).allMatch(record -> record.sendLagNanos().orElseThrow() >= 0);
    }

    @Test
    void aLimitOnWhatIsInFlightShowsInLatencySendLagAndVerdict() {
        var free = measured(aBenchmark().policies("fifo").requests(300, 80));
        var held = measured(aBenchmark().policies("fifo").requests(300, 80).mostInFlight(5));
        assertThat(held.metrics().throughput().peakInFlight()).isEqualTo(5);
        assertThat(held.metrics().counts().total()).isEqualTo(300);
        assertThat(held.metrics().validity().verdict()).isEqualTo(Verdict.CLIENT_LIMITED);
        assertThat(held.metrics().validity().reasons()).anyMatch(reason -> reason.contains("--max-in-flight"));
        assertThat(free.metrics().validity().verdict()).isEqualTo(Verdict.VALID);
        assertThat(held.metrics().endToEnd().orElseThrow().p99())
                .as("the wait for a slot is part of the latency")
                .isGreaterThan(held.metrics().endToEndSinceSent().orElseThrow().p99());
        assertThat(held.metrics().sendLag().orElseThrow().max()).isPositive();
        assertThat(intendedTimes(0)).as("the plan does not change").isEqualTo(intendedTimes(1));
    }

    @Test
    void aLoadOfSomeTimeHasTheRequestsOfThatTime() {
        var load = new Load.Open(new BurstArrivals(20, 50, 5), Extent.time(Duration.ofSeconds(20)));
        var report = measured(aBenchmark().policies("fifo").load(load));
        assertThat(report.metrics().counts().total()).as("200 in bursts, some 200 between").isBetween(340L, 460L);
        assertThat(intendedTimes(0).stream().filter(at -> at == 2_500_000_000L)).hasSize(50);
    }

    private PolicyReport measured(Configs config) {
        var result = new Benchmark().run(config.build(), BenchmarkListener.SILENT, recording, new StopSignal());
        assertThat(result).isInstanceOf(BenchmarkResult.Measured.class);
        return ((BenchmarkResult.Measured) result).policies().getFirst();
    }

    private List<RequestRecord> inOrderOfIntention() {
        return recording.windows().getFirst().records().stream()
                .sorted(Comparator.comparingLong(record -> record.planned().index()))
                .toList();
    }

    /// Of a window, since its beginning, in order.
    private List<Long> intendedTimes(int window) {
        var measured = recording.windows().get(window);
        return measured.records().stream()
                .map(record -> record.planned().intendedAtNanos() - measured.window().startNanos())
                .sorted()
                .toList();
    }
}
