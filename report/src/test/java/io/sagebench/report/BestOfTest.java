package io.sagebench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.BestOf.Best;
import java.util.List;
import org.junit.jupiter.api.Test;

class BestOfTest {
    @Test
    void namesThePolicyThatReachedTheMost() {
        BestOf best = BestOf.among(List.of(
                SampleReport.policy("fifo", 95.2, 0.9, 0, 0, 0), SampleReport.policy("aegaeon", 98.5, 0.7, 0, 0, 0)));
        assertThat(best.throughput()).contains(new Best(List.of("aegaeon"), 98.5));
        assertThat(best.sloCompliance()).contains(new Best(List.of("fifo"), 0.9));
    }

    @Test
    void namesAllThatReachedTheSame() {
        BestOf best = BestOf.among(List.of(
                SampleReport.policy("fifo", 1, 1, 0, 0, 0), SampleReport.policy("aegaeon", 1, 1, 0, 0, 0)));
        assertThat(best.p99Latency()).contains(new Best(List.of("fifo", "aegaeon"), 423e6));
    }

    @Test
    void namesNobodyWhenNothingCompleted() {
        BestOf best = BestOf.among(List.of(SampleReport.policy("fifo", 0, 0, 1000, 0, 0)));
        assertThat(best.throughput()).isEmpty();
        assertThat(best.sloCompliance()).isEmpty();
        assertThat(best.p99Latency()).isEmpty();
    }
}
