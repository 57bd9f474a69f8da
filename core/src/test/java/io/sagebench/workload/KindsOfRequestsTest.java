package io.sagebench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.arrival.PoissonArrivals;
import io.sagebench.random.Seed;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.WorkloadSpec.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KindsOfRequestsTest {
    private static final Map<Priority, ServiceLevel> SECOND = Map.of(Priority.NORMAL, ServiceLevel.endToEnd(Duration.ofSeconds(1)));
    private static final Map<Priority, ServiceLevel> TENTH = Map.of(Priority.NORMAL, ServiceLevel.endToEnd(Duration.ofMillis(100)));
    private static final RequestKind CHATS = new RequestKind(
            "chat", Weighted.always("llama"), SECOND, new LengthRange(50, 500), new LengthRange(50, 200), StreamTraits.CHAT);
    private static final RequestKind TEXTS = new RequestKind(
            "embedding", Weighted.always("bge"), TENTH, new LengthRange(10, 20), new LengthRange(1, 1),
            StreamTraits.embeddings(new LengthChoice(List.of(1, 4, 32))));

    @Test
    void eachKindHasItsModelLengthsAndPromises() {
        assertThat(requests(0.7, 2_000)).allSatisfy(request -> {
            if (request.type() == RequestType.EMBEDDING) {
                assertThat(request.model()).isEqualTo("bge");
                assertThat(request.form().textTokens().size()).isIn(1, 4, 32);
                assertThat(request.form().textTokens()).allMatch(tokens -> tokens >= 10 && tokens <= 20);
                assertThat(request.serviceLevel()).isEqualTo(TENTH.get(Priority.NORMAL));
            } else {
                assertThat(request.model()).isEqualTo("llama");
                assertThat(request.promptTokens()).isBetween(50, 500);
                assertThat(request.serviceLevel()).isEqualTo(SECOND.get(Priority.NORMAL));
            }
        });
    }

    @Test
    void theSharesAreKept() {
        var requests = requests(0.7, 10_000);
        double chats = requests.stream().filter(request -> request.type() == RequestType.LLM_CHAT).count();
        // the standard deviation is sqrt(0.7 * 0.3 / 10,000) = 0.0046
        assertThat(chats / requests.size()).isCloseTo(0.7, within(3 * 0.0046));
    }

    @Test
    void anotherShareChangesWhichComesWhenButNotWhatEachKindDraws() {
        var few = chatsOf(requests(0.3, 1_000));
        var many = chatsOf(requests(0.9, 1_000));
        assertThat(many.size()).isGreaterThan(few.size());
        assertThat(few).extracting(PlannedRequest::promptTokens)
                .isEqualTo(many.subList(0, few.size()).stream().map(PlannedRequest::promptTokens).toList());
        assertThat(requests(0.3, 1_000)).extracting(PlannedRequest::intendedAtNanos)
                .isEqualTo(requests(0.9, 1_000).stream().map(PlannedRequest::intendedAtNanos).toList());
    }

    @Test
    void otherWordsAreAsManyAndTheSameForTheSameSalt() {
        var shared = new StreamTraits.SharedPrefixes(1, 1, 20);
        var alike = new RequestKind(
                "alike", Weighted.always("llama"), SECOND, new LengthRange(30, 60), new LengthRange(5, 9), StreamTraits.CHAT.with(shared));
        var spec = new WorkloadSpec(
                new Load.Open(new PoissonArrivals(10), Extent.requests(2)), Weighted.always(alike), Weighted.always(Priority.NORMAL));
        var plain = new ArrayList<PlannedRequest>();
        WorkloadPlan.measured(spec, new Seed(5)).open(0).forEachRemaining(plain::add);
        var reworded = plain.stream().map(request -> request.reworded("fifo")).toList();
        for (int i = 0; i < 2; i++) {
            assertThat(reworded.get(i).prompt()).isNotEqualTo(plain.get(i).prompt()).hasSameSizeAs(plain.get(i).prompt());
            assertThat(reworded.get(i).prompt()).isEqualTo(plain.get(i).reworded("fifo").prompt());
            assertThat(reworded.get(i).id()).isEqualTo(plain.get(i).id());
            assertThat(reworded.get(i).intendedAtNanos()).isEqualTo(plain.get(i).intendedAtNanos());
        }
        assertThat(reworded.get(0).prompt().substring(0, 79)).as("what begins alike still does").isEqualTo(reworded.get(1).prompt().substring(0, 79));
        assertThat(reworded.get(0).prompt().substring(0, 79)).isNotEqualTo(plain.get(0).prompt().substring(0, 79));
    }

    @Test
    void aKindWithoutAShareDoesNotOccur() {
        assertThat(requests(0, 200)).allMatch(request -> request.type() == RequestType.EMBEDDING);
        var spec = spec(0, 200);
        assertThat(spec.types()).containsExactly(RequestType.EMBEDDING);
        assertThat(spec.models()).containsExactly("bge");
        assertThat(spec.isHybrid()).isTrue();
        assertThat(spec(1, 200).types()).containsExactly(RequestType.LLM_CHAT);
    }

    @Test
    void aTraceGivesPromptsTheirLengthsAndLeavesTextsTheirOwn() {
        var trace = new Trace("two", new long[] {0, 1, 2, 3}, new int[] {7, 8, 9, 10}, new int[] {1, 2, 3, 4});
        WorkloadPlan.measured(spec(0.5, 1).with(new Load.Replayed(trace, 4)), new Seed(3)).open(0).forEachRemaining(request -> {
            if (request.type() == RequestType.LLM_CHAT) {
                assertThat(request.promptTokens()).isEqualTo(trace.promptTokens((int) request.index()));
                assertThat(request.outputTokens()).isEqualTo(trace.outputTokens((int) request.index()));
            } else {
                assertThat(request.form().textTokens()).allMatch(tokens -> tokens >= 10);
            }
        });
    }

    @Test
    void everyKindPromisesSomethingToEveryPriority() {
        var shares = Weighted.of(Map.of(Priority.NORMAL, 0.5, Priority.HIGH, 0.5));
        assertThatThrownBy(() -> new WorkloadSpec(spec(0.5, 1).load(), spec(0.5, 1).kinds(), shares))
                .hasMessage("no service level is given for priority HIGH");
        assertThatThrownBy(() -> new LengthChoice(List.of())).hasMessageContaining("number of choices");
        assertThatThrownBy(() -> new LengthChoice(List.of(4, 0))).hasMessageContaining("a choice must be at least 1");
    }

    private static List<PlannedRequest> chatsOf(List<PlannedRequest> requests) {
        return requests.stream().filter(request -> request.type() == RequestType.LLM_CHAT).toList();
    }

    private static List<PlannedRequest> requests(double chats, int count) {
        var all = new ArrayList<PlannedRequest>();
        WorkloadPlan.measured(spec(chats, count), new Seed(5)).open(0).forEachRemaining(all::add);
        return all;
    }

    private static WorkloadSpec spec(double chats, int count) {
        var kinds = new LinkedHashMap<RequestKind, Double>();
        kinds.put(CHATS, chats);
        kinds.put(TEXTS, 1 - chats);
        return new WorkloadSpec(
                new Load.Open(new PoissonArrivals(10), Extent.requests(count)), Weighted.of(kinds), Weighted.always(Priority.NORMAL));
    }
}
