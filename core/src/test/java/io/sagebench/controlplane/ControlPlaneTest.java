package io.sagebench.controlplane;

import static io.sagebench.controlplane.ScriptedEngine.anEngine;
import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.controlplane.ControlPlaneTrial.Client;
import io.sagebench.controlplane.ControlPlaneTrial.State;
import io.sagebench.engine.EngineId;
import io.sagebench.policy.Decision;
import io.sagebench.policy.InFlight;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.request.Priority;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControlPlaneTest {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final ScriptedEngine engine = anEngine(timeline, "a");
    private final ControlPlaneTrial trial = new ControlPlaneTrial(timeline, "fifo", engine);

    @Test
    void sendsARequestToAnIdleEngineAtOnceAndSaysSo() {
        Client client = trial.submit(aSubmission("x"));
        assertThat(client.dispatches).containsExactly(new DispatchedTo(new EngineId("a"), "fifo", 1, 0));
        engine.jobs().getFirst().finish();
        assertThat(client.state).isEqualTo(State.FINISHED);
        trial.checkBooks();
        trial.expectIdle();
    }

    @Test
    void theNextRequestIsSentTheMomentTheOneBeforeEnds() {
        var timed = anEngine(timeline, "timed").answeringMillis(10, 5);
        var busy = new ControlPlaneTrial(timeline, "fifo", timed);
        busy.submit(aSubmission("x"));
        Client second = busy.submit(aSubmission("y"));
        busy.run();
        assertThat(busy.log).containsExactly(
                "0.0 x dispatched to timed", "25.0 x finished", "25.0 y dispatched to timed", "50.0 y finished");
        assertThat(second.dispatches.getFirst().queueNanos()).isEqualTo(25_000_000);
        busy.expectIdle();
    }

    @Test
    void loadIsReservedAtDispatchAndGivenBackPieceByPiece() {
        trial.submit(aSubmission("x").tokens(100, 8).announcing(6));
        assertThat(status().prefillTokensOutstanding()).isEqualTo(100);
        assertThat(status().decodeTokensOutstanding()).isEqualTo(6);
        assertThat(status().kvTokensReserved()).isEqualTo(106);
        ScriptedEngine.Job job = engine.jobs().getFirst();
        job.tokens(1);
        assertThat(status().prefillTokensOutstanding()).isZero();
        assertThat(status().decodeTokensOutstanding()).isEqualTo(5);
        job.tokens(6);
        assertThat(status().decodeTokensOutstanding()).as("more came than was predicted").isZero();
        job.finish();
        trial.expectIdle();
    }

    private EngineStatus status() {
        return trial.controlPlane.engines().getFirst();
    }

    @Test
    void aCancelledRequestIsHeardOfNoMoreAndMakesRoom() {
        Client running = trial.submit(aSubmission("running"));
        Client queued = trial.submit(aSubmission("queued"));
        Client last = trial.submit(aSubmission("last"));
        queued.cancel();
        trial.checkBooks();
        running.cancel();
        trial.checkBooks();
        assertThat(engine.jobs().getFirst().isCancelled()).isTrue();
        assertThat(engine.ids()).containsExactly("running", "last");
        engine.jobs().getLast().finish();
        assertThat(last.state).isEqualTo(State.FINISHED);
        queued.cancel();
        last.cancel();
        trial.checkBooks();
        trial.expectIdle();
    }

    @Test
    void aFailureOfTheEngineEndsOnlyThatRequest() {
        Client fails = trial.submit(aSubmission("fails"));
        Client next = trial.submit(aSubmission("next"));
        engine.jobs().getFirst().tokens(2);
        engine.jobs().getFirst().fail(502);
        assertThat(fails.state).isEqualTo(State.FAILED);
        assertThat(next.state).isEqualTo(State.DISPATCHED);
        assertThat(status().failed()).isEqualTo(1);
        engine.jobs().getLast().fail(500);
        trial.checkBooks();
        trial.expectIdle();
    }

    @Test
    void aSubmitterMayCancelTheMomentItIsDispatched() {
        trial.submit(aSubmission("first"));
        Client fickle = trial.submit(aSubmission("fickle"));
        Client next = trial.submit(aSubmission("next"));
        fickle.whenDispatched = fickle::cancel;
        engine.jobs().getFirst().finish();
        assertThat(engine.ids()).as("the engine never hears of it").containsExactly("first", "next");
        assertThat(next.state).isEqualTo(State.DISPATCHED);
        trial.checkBooks();
    }

    @Test
    void aSubmitterMaySubmitTheMomentItsRequestEnds() {
        Client first = trial.submit(aSubmission("first"));
        first.whenEnded = () -> trial.submit(aSubmission("again"));
        engine.jobs().getFirst().finish();
        assertThat(engine.ids()).containsExactly("first", "again");
        trial.checkBooks();
    }

    @Test
    void aRequestThatWasTakenBackIsSentAgainWithItsOldArrival() {
        trial.controlPlane.activate("priority", Map.of("preemption", "on"));
        Client low = trial.submit(aSubmission("low").priority(Priority.LOW));
        Client high = trial.submit(aSubmission("high").priority(Priority.HIGH));
        assertThat(engine.jobs().getFirst().isCancelled()).isTrue();
        assertThat(high.state).isEqualTo(State.DISPATCHED);
        timeline.at(7_000_000, () -> engine.jobs().get(1).finish());
        timeline.run();
        assertThat(low.dispatches).hasSize(2);
        assertThat(low.dispatches.getLast().queueNanos()).isEqualTo(7_000_000);
        engine.jobs().getLast().finish();
        trial.checkBooks();
        trial.expectIdle();
    }

    @Test
    void aRequestWhoseAnswerIsOutBeforeItsTokensAreToldIsNotTakenBack() {
        trial.controlPlane.activate("priority", Map.of("preemption", "on", "fairness", "vtc"));
        Client low = trial.submit(aSubmission("low").priority(Priority.LOW));
        low.isAheadOfTokens = true;
        Client high = trial.submit(aSubmission("high").priority(Priority.HIGH));
        assertThat(engine.jobs().getFirst().isCancelled()).as("it would be sent twice").isFalse();
        assertThat(high.state).isEqualTo(State.WAITING);
        engine.jobs().getFirst().finish();
        assertThat(low.state).isEqualTo(State.FINISHED);
        engine.jobs().getLast().finish();
        assertThat(high.state).isEqualTo(State.FINISHED);
        trial.checkBooks();
        trial.expectIdle();
    }

    @Test
    void aPolicyThatTakesRequestsBackWithoutEndIsNamed() {
        var endless = new ControlPlaneTrial(timeline, new Restless(), List.of(engine));
        endless.submit(aSubmission("x"));
        assertThatThrownBy(() -> endless.submit(aSubmission("y")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("policy restless takes requests back without end; ");
    }

    /// Sends whoever waits longest, and takes back whoever runs while another waits.
    private static final class Restless implements PolicyFactory, Policy {
        private final Deque<Waiting> waiting = new ArrayDeque<>();

        @Override
        public String name() {
            return "restless";
        }

        @Override
        public String rule() {
            return "no rule";
        }

        @Override
        public String explanation() {
            return rule();
        }

        @Override
        public Policy create(PolicyParameters values, PolicyContext context) {
            return this;
        }

        @Override
        public void arrived(Waiting request) {
            waiting.add(request);
        }

        @Override
        public void withdrawn(Waiting request) {
            waiting.remove(request);
        }

        @Override
        public Decision next(PoolView pool) {
            List<InFlight> running = pool.preemptible();
            return running.isEmpty()
                    ? new Decision.Dispatch(waiting.remove(), new EngineId("a"))
                    : new Decision.Preempt(running.getFirst());
        }
    }

    @Test
    void requestsForDefaultGoToAnyModel() {
        assertThat(trial.submit(aSubmission("x").model("default")).state).isEqualTo(State.DISPATCHED);
    }

    @Test
    void enginesMustHaveNamesOfTheirOwnAndThePolicyMustExist() {
        assertThatThrownBy(() -> new ControlPlaneTrial(timeline, "fifo", engine, anEngine(timeline, "a")))
                .hasMessage("two engines are named a");
        assertThatThrownBy(() -> new ControlPlaneTrial(timeline, "fastest", engine))
                .hasMessage("no policy is named fastest");
    }

    @Test
    void countsPromisesKeptAmongAllThatEnded() {
        var timed = anEngine(timeline, "timed").answeringMillis(10, 5);
        var busy = new ControlPlaneTrial(timeline, "fifo", timed);
        busy.submit(aSubmission("in time").dueMillis(25));
        busy.submit(aSubmission("late").dueMillis(49));
        busy.submit(aSubmission("nothing promised"));
        busy.run();
        assertThat(busy.controlPlane.metrics().sloMet()).isEqualTo(2);
        assertThat(busy.controlPlane.metrics().sloTotal()).isEqualTo(3);
    }

    @Test
    void aRefusalForWantOfRoomBreaksAPromiseAndOneForAMistakeOfTheClientDoesNot() {
        var small = new ControlPlaneTrial(
                timeline, "fifo", new QueueLimits(1, 1, 1_000, true), List.of(anEngine(timeline, "small").contextTokens(100)));
        small.submit(aSubmission("no such model").model("other"));
        small.submit(aSubmission("too long").tokens(99, 2));
        small.submit(aSubmission("twice"));
        small.submit(aSubmission("twice"));
        assertThat(small.controlPlane.counts().invalid()).isEqualTo(3);
        assertThat(small.controlPlane.metrics().sloTotal()).isZero();
        small.submit(aSubmission("waits"));
        small.submit(aSubmission("finds no place"));
        assertThat(small.controlPlane.counts().refusedAtOnce()).isEqualTo(1);
        assertThat(small.controlPlane.metrics().sloTotal()).isEqualTo(1);
        small.checkBooks();
    }
}
