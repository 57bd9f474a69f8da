package io.sagebench.controlplane;

import static io.sagebench.controlplane.ScriptedEngine.anEngine;
import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.request.Priority;
import io.sagebench.time.VirtualTimeline;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicySwitchTest {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final ScriptedEngine engine = anEngine(timeline, "a");
    private final ControlPlaneTrial trial = new ControlPlaneTrial(timeline, "fifo", engine);

    @Test
    void whatWaitsIsServedByTheNewPolicy() {
        trial.submit(aSubmission("running"));
        trial.submit(aSubmission("low").priority(Priority.LOW));
        trial.submit(aSubmission("high").priority(Priority.HIGH));
        assertThat(trial.controlPlane.activate("priority", Map.of()))
                .isEqualTo(new PolicySwitch.Active(
                        "priority",
                        2,
                        Map.of("aging_ms", "10000", "headroom_critical", "0.15", "preemption", "off", "fairness", "none")));
        finishAll();
        assertThat(engine.ids()).containsExactly("running", "high", "low");
        assertThat(trial.clients.getLast().dispatches.getFirst().epoch()).isEqualTo(2);
    }

    @Test
    void goingThereAndBackKeepsTheOrderOfArrival() {
        for (int i = 0; i < 50; i++) {
            trial.submit(aSubmission("r" + i).priority(i % 2 == 0 ? Priority.LOW : Priority.HIGH).dueMillis(10_000 - i));
        }
        for (String policy : new String[] {"priority", "slo_aware", "fifo"}) {
            assertThat(trial.controlPlane.activate(policy, Map.of())).isInstanceOf(PolicySwitch.Active.class);
            trial.checkBooks();
        }
        finishAll();
        assertThat(engine.ids()).isEqualTo(trial.clients.stream().map(client -> client.submission.id().value()).toList());
        trial.expectIdle();
    }

    @Test
    void anUnknownPolicyChangesNothing() {
        trial.submit(aSubmission("running"));
        trial.submit(aSubmission("waiting"));
        assertThat(trial.controlPlane.activate("slo-awre", Map.of()))
                .isInstanceOfSatisfying(PolicySwitch.Refused.class, refused -> assertThat(refused.message())
                        .startsWith("unknown policy 'slo-awre'; known are fifo, priority, slo_aware"));
        assertThat(trial.controlPlane.active()).isEqualTo(new PolicySwitch.Active("fifo", 1, Map.of("placement", "least_work", "fairness", "none")));
        finishAll();
        trial.expectIdle();
    }

    @Test
    void aWrongParameterChangesNothing() {
        assertThat(trial.controlPlane.activate("priority", Map.of("aging_ms", "-1")))
                .isEqualTo(new PolicySwitch.Refused("aging_ms must be from 0 to 1000000000000, but is -1"));
        assertThat(trial.controlPlane.active().epoch()).isEqualTo(1);
    }

    @Test
    void theBooksOfThePolicyBeginAnewAndThoseOfTheControlPlaneGoOn() {
        trial.submit(aSubmission("before"));
        finishAll();
        trial.controlPlane.activate("priority", Map.of());
        ControlPlaneMetrics metrics = trial.controlPlane.metrics();
        assertThat(metrics.policy()).isEqualTo("priority");
        assertThat(metrics.sloTotal()).isZero();
        assertThat(metrics.endToEnd()).isEmpty();
        assertThat(metrics.counts().completed()).isEqualTo(1);
    }

    @Test
    void aSwitchInTheMiddleOfADecisionLosesNothing() {
        trial.submit(aSubmission("running"));
        var second = trial.submit(aSubmission("second"));
        trial.submit(aSubmission("low").priority(Priority.LOW));
        trial.submit(aSubmission("high").priority(Priority.HIGH));
        second.whenDispatched = () -> trial.controlPlane.activate("priority", Map.of());
        finishAll();
        assertThat(engine.ids()).containsExactly("running", "second", "high", "low");
        trial.expectIdle();
    }

    private void finishAll() {
        for (int i = 0; i < engine.jobs().size(); i++) {
            if (engine.jobs().get(i).isAlive()) {
                engine.jobs().get(i).finish();
                trial.checkBooks();
            }
        }
    }
}
