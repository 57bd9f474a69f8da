package io.sagebench.benchmark.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.request.RequestType;
import io.sagebench.arrival.BatchArrivals;
import io.sagebench.workload.Extent;
import io.sagebench.workload.WorkloadSpec;
import io.sagebench.workload.WorkloadSpec.Load;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadsTest {
    private static final WorkloadSpec HYBRID = Bases.hybrid("fifo", 100, 10).workload();

    @Test
    void changeTheRateAndNothingElse() {
        WorkloadSpec faster = Loads.atRate(HYBRID, 30);
        assertThat(Loads.rateOf(faster)).isEqualTo(30);
        assertThat(Loads.requestsOf(faster)).isEqualTo(100);
        assertThat(faster.kinds()).isSameAs(HYBRID.kinds());
        assertThat(faster.priorities()).isSameAs(HYBRID.priorities());
    }

    @Test
    void changeTheMixAndKeepChatsAndCompletionsInProportion() {
        WorkloadSpec mostlyPrompts = Loads.withLlmRatio(HYBRID, 0.9);
        assertThat(Loads.llmRatioOf(mostlyPrompts)).isEqualTo(0.9);
        assertThat(share(mostlyPrompts, RequestType.LLM_GENERATE) / share(mostlyPrompts, RequestType.LLM_CHAT))
                .isCloseTo(share(HYBRID, RequestType.LLM_GENERATE) / share(HYBRID, RequestType.LLM_CHAT), within(1e-12));
        assertThat(Loads.withLlmRatio(HYBRID, 0).types()).containsExactly(RequestType.EMBEDDING);
    }

    @Test
    void divideEveryKindBetweenTenants() {
        WorkloadSpec shared = Loads.ofTenants(HYBRID, Map.of("a", 0.25, "b", 0.75));
        assertThat(shared.kinds().values()).hasSize(6);
        assertThat(Loads.llmRatioOf(shared)).isEqualTo(0.5);
        assertThat(shared.kinds().shares().entrySet().stream()
                        .filter(kind -> kind.getKey().traits().tenant().orElse("").equals("b"))
                        .mapToDouble(Map.Entry::getValue)
                        .sum())
                .isCloseTo(0.75, within(1e-12));
    }

    @Test
    void sayWhyARateCannotBeVaried() {
        assertThat(Loads.problemWithRate(HYBRID)).isEmpty();
        assertThat(Loads.problemWithRate(HYBRID.with(new Load.Open(new BatchArrivals(), Extent.requests(5)))))
                .contains("requests that all come at once have none");
    }

    private static double share(WorkloadSpec workload, RequestType type) {
        return workload.kinds().shares().entrySet().stream()
                .filter(kind -> kind.getKey().type() == type)
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
