package io.sagebench.controlplane;

import static io.sagebench.controlplane.ScriptedEngine.anEngine;
import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.controlplane.ControlPlaneTrial.Client;
import io.sagebench.controlplane.RequestStatus.State;
import io.sagebench.engine.EngineId;
import io.sagebench.request.RequestId;
import io.sagebench.time.VirtualTimeline;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RequestStatusTest {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final ScriptedEngine engine = anEngine(timeline, "a");
    private final ControlPlaneTrial trial = new ControlPlaneTrial(
            timeline,
            "fifo",
            ControlPlaneSettings.plain(QueueLimits.DEFAULT).with(new HistorySettings(3, Duration.ofSeconds(60))),
            List.of(engine));

    @Test
    void followsARequestThroughItsLife() {
        trial.submit(aSubmission("before"));
        timeline.at(10_000_000, () -> trial.submit(aSubmission("x")));
        timeline.at(30_000_000, () -> engine.jobs().getFirst().finish());
        timeline.at(50_000_000, () -> engine.jobs().getLast().tokens(1));
        timeline.at(90_000_000, () -> engine.jobs().getLast().finish());
        trial.runMillis(20);
        assertThat(status("x"))
                .isEqualTo(new RequestStatus(
                        1,
                        new RequestId("x"),
                        State.QUEUED,
                        new RequestStatus.Times(10_000_000, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()),
                        Optional.empty(),
                        0,
                        0,
                        ""));
        trial.runMillis(40);
        assertThat(status("x").state()).isEqualTo(State.RUNNING);
        assertThat(status("x").outputTokens()).isEqualTo(1);
        trial.runMillis(40);
        assertThat(status("x"))
                .isEqualTo(new RequestStatus(
                        1,
                        new RequestId("x"),
                        State.COMPLETED,
                        new RequestStatus.Times(
                                10_000_000, OptionalLong.of(30_000_000), OptionalLong.of(50_000_000), OptionalLong.of(90_000_000)),
                        Optional.of(new DispatchedTo(new EngineId("a"), "fifo", 1, 20_000_000)),
                        1,
                        4,
                        ""));
    }

    @Test
    void saysHowARequestEndedThatDidNotComplete() {
        trial.submit(aSubmission("failed"));
        engine.jobs().getFirst().fail(500);
        assertThat(status("failed").state()).isEqualTo(State.FAILED);
        assertThat(status("failed").message()).isEqualTo("it broke");
        trial.submit(aSubmission("refused").model("no such"));
        assertThat(status("refused").state()).isEqualTo(State.REFUSED);
        assertThat(status("refused").message()).isEqualTo("the model 'no such' does not exist");
        trial.submit(aSubmission("left")).cancel();
        assertThat(status("left").state()).isEqualTo(State.CANCELLED);
        assertThat(trial.controlPlane.status(new RequestId("never came"))).isEmpty();
    }

    @Test
    void remembersOnlySoManyAndOnlyForSoLong() {
        for (int i = 0; i < 5; i++) {
            trial.submit(aSubmission("r" + i));
            engine.jobs().getLast().finish();
        }
        assertThat(trial.controlPlane.status(new RequestId("r1"))).isEmpty();
        assertThat(status("r2").state()).isEqualTo(State.COMPLETED);
        trial.runMillis(60_000);
        assertThat(status("r2").state()).isEqualTo(State.COMPLETED);
        trial.runMillis(1);
        assertThat(trial.controlPlane.status(new RequestId("r2"))).isEmpty();
    }

    @Test
    void anIdInFlightIsRefusedToOthersAndFreeAfterwards() {
        trial.submit(aSubmission("twin"));
        Client second = trial.submit(aSubmission("twin"));
        assertThat(Objects.requireNonNull(second.refusal).reason()).isEqualTo(Refusal.Reason.DUPLICATE_REQUEST_ID);
        assertThat(status("twin").sequence()).as("still that of the first").isZero();
        engine.jobs().getFirst().finish();
        assertThat(status("twin").state()).isEqualTo(State.COMPLETED);
        trial.submit(aSubmission("twin"));
        assertThat(status("twin").sequence()).as("of several with the same id it is the newest").isEqualTo(2);
        assertThat(status("twin").state()).isEqualTo(State.RUNNING);
    }

    @Test
    void anOperatorCancelsByIdAndTheSubmitterIsTold() {
        Client running = trial.submit(aSubmission("running"));
        Client queued = trial.submit(aSubmission("queued"));
        assertThat(cancelled("queued").state()).isEqualTo(State.CANCELLED);
        assertThat(Objects.requireNonNull(queued.refusal).reason()).isEqualTo(Refusal.Reason.CANCELLED);
        assertThat(cancelled("running").state()).isEqualTo(State.CANCELLED);
        assertThat(Objects.requireNonNull(running.failure).status()).isEqualTo(499);
        assertThat(engine.jobs().getFirst().isCancelled()).isTrue();
        assertThat(trial.controlPlane.metrics().counts().cancelled()).isEqualTo(2);
        assertThat(cancelled("running").state()).as("a second time").isEqualTo(State.CANCELLED);
        assertThat(trial.controlPlane.cancel(new RequestId("never came"))).isEmpty();
    }

    private RequestStatus status(String id) {
        return trial.controlPlane.status(new RequestId(id)).orElseThrow();
    }

    private RequestStatus cancelled(String id) {
        return trial.controlPlane.cancel(new RequestId(id)).orElseThrow();
    }
}
