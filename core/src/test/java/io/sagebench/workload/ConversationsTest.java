package io.sagebench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.engine.PromptContent;
import io.sagebench.random.Seed;
import io.sagebench.workload.WorkloadSpec.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConversationsTest {
    private static final Seed SEED = new Seed(4);
    private static final long SECOND_NANOS = 1_000_000_000;

    @Test
    void aTurnBeginsWithAllThatWasSaidAndFollowsAfterThinking() {
        List<PlannedRequest> turns = conversation(plan(3, 3), true);
        assertThat(turns).hasSize(3);
        for (int i = 1; i < turns.size(); i++) {
            PlannedRequest before = turns.get(i - 1);
            PlannedRequest turn = turns.get(i);
            assertThat(turn.prompt()).startsWith(before.prompt() + " ").hasSize(4 * turn.promptTokens() - 1);
            assertThat(turn.promptTokens()).isGreaterThan(before.promptTokens() + before.outputTokens());
            assertThat(turn.intendedAtNanos()).isGreaterThan(before.intendedAtNanos() + SECOND_NANOS);
            assertThat(turn.caller().session()).isEqualTo(before.caller().session()).isPresent();
            assertThat(turn.priority()).isEqualTo(before.priority());
        }
        assertThat(turns).extracting(turn -> turn.id().value()).map(id -> id.replace(turns.getFirst().id().value(), ""))
                .containsExactly("", "-turn-2", "-turn-3");
    }

    @Test
    void enginesSeeTheEarlierTurnsAgain() {
        List<PlannedRequest> turns = conversation(plan(3, 3), true);
        PromptContent first = turns.get(0).ask().content();
        PromptContent second = turns.get(1).ask().content();
        PromptContent third = turns.get(2).ask().content();
        assertThat(first.isShared()).isTrue();
        for (int from = 0; from + 16 <= turns.get(1).promptTokens(); from += 16) {
            assertThat(third.digest(from, from + 16)).isEqualTo(second.digest(from, from + 16));
            if (from + 16 <= turns.getFirst().promptTokens()) {
                assertThat(second.digest(from, from + 16)).isEqualTo(first.digest(from, from + 16));
            }
        }
        int end = turns.get(1).promptTokens();
        assertThat(third.digest(end, end + 16)).isNotEqualTo(second.digest(end - 16, end));
    }

    @Test
    void promptsOfConversationsBeginAlike() {
        assertThat(spec(1, 2).sharesPrefixes()).isTrue();
        assertThat(WorkloadSpecBuilder.aWorkloadOf(3).build().sharesPrefixes()).isFalse();
    }

    @Test
    void aFailedTurnEndsItsConversation() {
        assertThat(conversation(plan(3, 3), false)).hasSize(1);
    }

    @Test
    void turnsAreDrawnBetweenTheEndsAndDoNotDependOnTimes() {
        var plan = plan(1, 4);
        var counts = new HashSet<Integer>();
        Plan.Reading reading = plan.open(0);
        Plan.Reading later = plan.open(0);
        while (reading.hasNext()) {
            List<PlannedRequest> early = all(reading, reading.next(), 0);
            List<PlannedRequest> late = all(later, later.next(), 77 * SECOND_NANOS);
            counts.add(early.size());
            assertThat(late).extracting(PlannedRequest::prompt).isEqualTo(early.stream().map(PlannedRequest::prompt).toList());
            assertThat(late).extracting(PlannedRequest::outputTokens).isEqualTo(early.stream().map(PlannedRequest::outputTokens).toList());
            assertThat(late).extracting(PlannedRequest::index).isEqualTo(early.stream().map(PlannedRequest::index).toList());
        }
        assertThat(counts).containsExactlyInAnyOrder(1, 2, 3, 4);
    }

    @Test
    void thinkingTakesTheMeanTimeOnAverage() {
        double sum = 0;
        int count = 0;
        Plan.Reading reading = plan(2, 2).open(0);
        while (reading.hasNext()) {
            PlannedRequest first = reading.next();
            sum += reading.after(first, 5, true).orElseThrow().intendedAtNanos() - 5;
            count++;
        }
        assertThat(sum / count / SECOND_NANOS).isBetween(1.8, 2.2);
    }

    @Test
    void aClosedLoopHasNoConversations() {
        var spec = spec(1, 2);
        assertThatThrownBy(() -> spec.with(new Load.Closed(3, Extent.requests(5)))).hasMessageContaining("closed loop");
        assertThat(plan(1, 2).size()).isEmpty();
    }

    private static List<PlannedRequest> conversation(Plan plan, boolean completed) {
        Plan.Reading reading = plan.open(0);
        PlannedRequest first = reading.next();
        return completed ? all(reading, first, SECOND_NANOS) : List.of(first).stream()
                .filter(turn -> reading.after(turn, 1, false).isEmpty())
                .toList();
    }

    private static List<PlannedRequest> all(Plan.Reading reading, PlannedRequest first, long tookNanos) {
        var turns = new ArrayList<PlannedRequest>();
        Optional<PlannedRequest> turn = Optional.of(first);
        while (turn.isPresent()) {
            turns.add(turn.get());
            turn = reading.after(turn.get(), turn.get().intendedAtNanos() + tookNanos, true);
        }
        return turns;
    }

    private static Plan plan(int fewest, int most) {
        return WorkloadPlan.measured(spec(fewest, most), SEED);
    }

    private static WorkloadSpec spec(int fewest, int most) {
        return WorkloadSpecBuilder.aWorkloadOf(1000).build().with(new Conversations(new LengthRange(fewest, most), Duration.ofSeconds(2)));
    }
}
