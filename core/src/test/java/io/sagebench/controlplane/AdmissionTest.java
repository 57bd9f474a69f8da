package io.sagebench.controlplane;

import static io.sagebench.controlplane.ScriptedEngine.anEngine;
import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.controlplane.ControlPlaneTrial.Client;
import io.sagebench.controlplane.ControlPlaneTrial.State;
import io.sagebench.controlplane.Refusal.Reason;
import io.sagebench.request.Priority;
import io.sagebench.time.VirtualTimeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final ScriptedEngine engine = anEngine(timeline, "a").contextTokens(1_000);

    @Test
    void anUnknownModelIsNotFound() {
        Refusal refusal = refusalOf(trial(QueueLimits.DEFAULT).submit(aSubmission("x").model("gpt-9")));
        assertThat(refusal).isEqualTo(new Refusal(Reason.UNKNOWN_MODEL, "the model 'gpt-9' does not exist", java.util.Optional.empty()));
        assertThat(refusal.reason().status()).isEqualTo(404);
        assertThat(engine.jobs()).isEmpty();
    }

    @Test
    void aRequestThatNoEngineOfItsModelCanHoldIsABadOne() {
        var trial = trial(QueueLimits.DEFAULT);
        assertThat(trial.submit(aSubmission("fits").tokens(600, 400)).state).isEqualTo(State.DISPATCHED);
        Refusal refusal = refusalOf(trial.submit(aSubmission("x").tokens(601, 400)));
        assertThat(refusal.reason()).isEqualTo(Reason.CONTEXT_TOO_LONG);
        assertThat(refusal.reason().status()).isEqualTo(400);
        assertThat(refusal.message())
                .isEqualTo("no engine with this model has a context of 1001 tokens (601 in the prompt, 400 to generate)");
    }

    @Test
    void askingForAsManyTokensAsPossibleIsRefusedLikeAnyOtherLength() {
        Client greedy = trial(QueueLimits.DEFAULT).submit(aSubmission("x").tokens(10, Integer.MAX_VALUE));
        assertThat(refusalOf(greedy).reason()).isEqualTo(Reason.CONTEXT_TOO_LONG);
    }

    @Test
    void aLongRequestGoesToTheOneEngineThatCanHoldIt() {
        var small = anEngine(timeline, "small").contextTokens(100);
        var large = anEngine(timeline, "large").contextTokens(5_000);
        var trial = new ControlPlaneTrial(timeline, "fifo", small, large);
        trial.submit(aSubmission("long").tokens(1_000, 100));
        trial.submit(aSubmission("long too").tokens(1_000, 100));
        trial.submit(aSubmission("short"));
        assertThat(large.ids()).containsExactly("long");
        assertThat(small.ids()).containsExactly("short");
    }

    @Test
    void noEngineEverHoldsMoreThanItsCache() {
        var cached = anEngine(timeline, "cached").maxConcurrent(10).kvTokens(100);
        var trial = new ControlPlaneTrial(timeline, "fifo", cached);
        for (int i = 0; i < 5; i++) {
            trial.submit(aSubmission("x" + i).tokens(36, 4));
        }
        assertThat(cached.ids()).containsExactly("x0", "x1");
        cached.jobs().getFirst().finish();
        assertThat(cached.ids()).containsExactly("x0", "x1", "x2");
        trial.checkBooks();
    }

    @Test
    void beyondTheQueueLimitARequestIsToldToTryAgain() {
        var trial = trial(limits(2));
        trial.submit(aSubmission("running"));
        trial.submit(aSubmission("first in queue"));
        trial.submit(aSubmission("second in queue"));
        Refusal refusal = refusalOf(trial.submit(aSubmission("too many")));
        assertThat(refusal)
                .isEqualTo(new Refusal(Reason.QUEUE_FULL, "the queue is full: 2 requests wait", java.util.Optional.of(Duration.ofSeconds(1))));
        assertThat(refusal.reason().status()).isEqualTo(429);
        trial.checkBooks();
    }

    @Test
    void howLongToWaitIsTheTimeTheQueueTakesToEmpty() {
        var trial = trial(limits(3));
        trial.submit(aSubmission("1"));
        timeline.at(4_000_000_000L, () -> engine.jobs().getFirst().finish());
        timeline.run();
        for (int i = 2; i <= 5; i++) {
            trial.submit(aSubmission("" + i));
        }
        // one ended in 4 s, three wait
        assertThat(refusalOf(trial.submit(aSubmission("6"))).retryAfter()).contains(Duration.ofSeconds(12));
    }

    @Test
    void aRequestThatAnEngineTakesAtOnceNeedsNoPlaceInTheQueue() {
        var trial = trial(limits(0));
        assertThat(trial.submit(aSubmission("x")).state).isEqualTo(State.DISPATCHED);
        assertThat(trial.submit(aSubmission("y")).state).isEqualTo(State.REFUSED);
    }

    @Test
    void aTenantHasALimitOfItsOwn() {
        var trial = trial(new QueueLimits(100, 1, 1_000_000, true));
        trial.submit(aSubmission("running").tenant("t"));
        trial.submit(aSubmission("queued").tenant("t"));
        assertThat(trial.submit(aSubmission("one too many").tenant("t")).state).isEqualTo(State.REFUSED);
        assertThat(trial.submit(aSubmission("another tenant's").tenant("u")).state).isEqualTo(State.WAITING);
        assertThat(trial.submit(aSubmission("nobody's")).state).isEqualTo(State.WAITING);
        engine.jobs().getFirst().finish();
        assertThat(trial.submit(aSubmission("again").tenant("t")).state).isEqualTo(State.WAITING);
    }

    @Test
    void queuedPromptTokensHaveALimit() {
        var trial = trial(new QueueLimits(100, 100, 50, true));
        trial.submit(aSubmission("running").tokens(500, 1));
        assertThat(trial.submit(aSubmission("30").tokens(30, 1)).state).isEqualTo(State.WAITING);
        assertThat(trial.submit(aSubmission("21").tokens(21, 1)).state).isEqualTo(State.REFUSED);
        assertThat(trial.submit(aSubmission("20").tokens(20, 1)).state).isEqualTo(State.WAITING);
    }

    @Test
    void inAFullQueueAMoreUrgentArrivalTakesThePlaceOfTheNewestOfTheLowest() {
        var trial = priorityTrial(limits(2));
        trial.submit(aSubmission("running"));
        Client older = trial.submit(aSubmission("older").priority(Priority.LOW));
        Client newer = trial.submit(aSubmission("newer").priority(Priority.LOW));
        assertThat(trial.submit(aSubmission("no better").priority(Priority.LOW)).state).isEqualTo(State.REFUSED);
        Client urgent = trial.submit(aSubmission("urgent").priority(Priority.HIGH));
        assertThat(refusalOf(newer).reason()).isEqualTo(Reason.DISPLACED);
        assertThat(older.state).isEqualTo(State.WAITING);
        assertThat(urgent.state).isEqualTo(State.WAITING);
        trial.checkBooks();
    }

    @Test
    void nobodyIsDisplacedWhenThatMakesNoRoom() {
        var trial = priorityTrial(new QueueLimits(100, 1, 100, true));
        trial.submit(aSubmission("running"));
        Client low = trial.submit(aSubmission("low").priority(Priority.LOW).tenant("t"));
        Client other = trial.submit(aSubmission("other").tenant("u"));
        assertThat(trial.submit(aSubmission("u again").priority(Priority.HIGH).tenant("u")).state).isEqualTo(State.REFUSED);
        assertThat(trial.submit(aSubmission("large").priority(Priority.HIGH).tokens(95, 1)).state).isEqualTo(State.REFUSED);
        assertThat(low.state).isEqualTo(State.WAITING);
        assertThat(other.state).isEqualTo(State.WAITING);
        trial.checkBooks();
    }

    @Test
    void aDeadlineThatPassesInTheQueueEndsTheRequest() {
        var trial = trial(QueueLimits.DEFAULT);
        trial.submit(aSubmission("running").dueMillis(100));
        Client expires = trial.submit(aSubmission("expires").dueMillis(300));
        trial.run();
        assertThat(trial.log.getLast()).isEqualTo("300.0 expires refused DEADLINE_EXPIRED");
        assertThat(refusalOf(expires).reason().status()).isEqualTo(504);
        assertThat(trial.clients.getFirst().state).as("what runs goes on").isEqualTo(State.DISPATCHED);
    }

    @Test
    void aDispatchedRequestDoesNotExpire() {
        var trial = trial(QueueLimits.DEFAULT);
        trial.submit(aSubmission("first"));
        Client second = trial.submit(aSubmission("second").dueMillis(300));
        timeline.at(299_000_000, () -> engine.jobs().getFirst().finish());
        trial.run();
        assertThat(second.state).isEqualTo(State.DISPATCHED);
    }

    @Test
    void expiredRequestsStillRunWhenTheyAreNotToBeDropped() {
        var trial = trial(new QueueLimits(10, 10, 1_000, false));
        trial.submit(aSubmission("first"));
        Client second = trial.submit(aSubmission("second").dueMillis(300));
        timeline.at(900_000_000, () -> engine.jobs().getFirst().finish());
        trial.run();
        assertThat(second.state).isEqualTo(State.DISPATCHED);
    }

    @Test
    void whatAPolicyRejectsIsToldWhy() {
        var trial = trial(new QueueLimits(10, 10, 1_000, false));
        trial.controlPlane.activate("slo_aware", Map.of("late_policy", "reject"));
        trial.submit(aSubmission("running"));
        Client hopeless = trial.submit(aSubmission("hopeless").dueMillis(1));
        assertThat(refusalOf(hopeless).reason()).isEqualTo(Reason.REJECTED_BY_POLICY);
        assertThat(refusalOf(hopeless).message()).isEqualTo("its deadline can no longer be met");
        trial.checkBooks();
    }

    @Test
    void aStoppingControlPlaneEndsWhatItHasAndTakesNothingNew() {
        var trial = trial(QueueLimits.DEFAULT);
        trial.submit(aSubmission("running"));
        Client queued = trial.submit(aSubmission("queued"));
        trial.controlPlane.stopAdmitting();
        assertThat(refusalOf(trial.submit(aSubmission("late"))).reason().status()).isEqualTo(503);
        engine.jobs().getFirst().finish();
        engine.jobs().getLast().finish();
        assertThat(queued.state).isEqualTo(State.FINISHED);
        trial.expectIdle();
    }

    private static QueueLimits limits(int maxRequests) {
        return new QueueLimits(maxRequests, 1_000, 1_000_000, true);
    }

    private static Refusal refusalOf(Client client) {
        return Objects.requireNonNull(client.refusal, "refused");
    }

    private ControlPlaneTrial trial(QueueLimits limits) {
        return new ControlPlaneTrial(timeline, "fifo", limits, List.of(engine));
    }

    private ControlPlaneTrial priorityTrial(QueueLimits limits) {
        return new ControlPlaneTrial(timeline, "priority", limits, List.of(engine));
    }
}
