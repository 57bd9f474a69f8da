package io.sagebench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.random.Seed;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.WorkloadSpec.Load;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TwicePlanTest {
    private static final Weighted<Priority> NORMAL = Weighted.always(Priority.NORMAL);
    private static final Map<Priority, ServiceLevel> PROMISED = Map.of(Priority.NORMAL, ServiceLevel.NONE);

    @Test
    void asksEachPromptTwiceInARowUnderNamesOfTheirOwn() {
        var spec = new WorkloadSpec(
                Load.poisson(1000, 50), Weighted.always("m"), NORMAL, PROMISED, new LengthRange(50, 500), new LengthRange(5, 9));
        List<PlannedRequest> all = all(WorkloadPlan.probe(spec, 3, new Seed(1)));
        assertThat(all).extracting(PlannedRequest::index).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(all).extracting(PlannedRequest::id).doesNotHaveDuplicates();
        for (int i = 0; i < all.size(); i += 2) {
            PlannedRequest cold = all.get(i);
            PlannedRequest warm = all.get(i + 1);
            assertThat(warm.prompt()).isEqualTo(cold.prompt());
            assertThat(warm.ask().content().digest(0, cold.promptTokens())).isEqualTo(cold.ask().content().digest(0, cold.promptTokens()));
            assertThat(warm.reworded("fifo").prompt()).isEqualTo(cold.reworded("fifo").prompt()).isNotEqualTo(cold.prompt());
            assertThat(warm.intendedAtNanos()).isGreaterThan(cold.intendedAtNanos());
        }
        assertThat(all).extracting(PlannedRequest::prompt).doesNotContainNull();
        assertThat(all.stream().map(PlannedRequest::prompt).distinct()).hasSize(3);
    }

    @Test
    void leavesTextsToEmbedOut() {
        var chats = new RequestKind(
                "chat", Weighted.always("m"), PROMISED, new LengthRange(50, 60), new LengthRange(5, 9), StreamTraits.CHAT);
        var texts = new RequestKind(
                "texts", Weighted.always("e"), PROMISED, new LengthRange(50, 60), new LengthRange(1, 1),
                StreamTraits.embeddings(new LengthRange(1, 1)));
        var shares = new LinkedHashMap<RequestKind, Double>(); // the order of a Map.of changes with the JVM, and with it what a seed draws
        shares.put(texts, 0.7);
        shares.put(chats, 0.3);
        var mixed = new WorkloadSpec(Load.poisson(10, 1), Weighted.of(shares), NORMAL);
        assertThat(all(WorkloadPlan.probe(mixed, 30, new Seed(1))))
                .isNotEmpty()
                .extracting(PlannedRequest::type)
                .containsOnly(RequestType.LLM_CHAT);
        var embedding = new WorkloadSpec(Load.poisson(10, 1), Weighted.always(texts), NORMAL);
        assertThat(all(WorkloadPlan.probe(embedding, 30, new Seed(1)))).isEmpty();
    }

    private static List<PlannedRequest> all(Plan plan) {
        Plan.Reading reading = plan.open(7);
        var all = new ArrayList<PlannedRequest>();
        Optional<PlannedRequest> next = reading.hasNext() ? Optional.of(reading.next()) : Optional.empty();
        while (next.isPresent()) {
            all.add(next.get());
            assertThat(reading.hasNext()).isFalse();
            next = reading.after(next.get(), next.get().intendedAtNanos() + 1, true);
        }
        return all;
    }
}
