package io.sagebench.controlplane;

import static io.sagebench.controlplane.ScriptedEngine.anEngine;
import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import io.sagebench.time.VirtualTimeline;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The books by group.
class GroupsTest {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final ScriptedEngine engine = anEngine(timeline, "a").maxConcurrent(10);
    private final ControlPlaneTrial trial = new ControlPlaneTrial(timeline, "fifo", engine);

    @Test
    void eachGroupCountsItsEndingsAndMeasuresItsTimes() {
        engine.answeringMillis(100, 10);
        trial.submit(aSubmission("1").tenant("t").tokens(10, 5).dueMillis(140));
        trial.submit(aSubmission("2").tenant("t").tokens(10, 5).dueMillis(139));
        trial.submit(aSubmission("3").tenant("t")).cancel();
        trial.run();
        trial.submit(aSubmission("4").tenant("t").model("no such"));
        assertThat(trial.controlPlane.groups()).hasSize(2);
        GroupMetrics served = trial.controlPlane.groups().getFirst();
        assertThat(served.group())
                .isEqualTo(new RequestGroup("fifo", "m", RequestType.LLM_CHAT, Priority.NORMAL, "t"));
        assertThat(served.completed()).isEqualTo(2);
        assertThat(served.cancelled()).isEqualTo(1);
        assertThat(served.sloMet()).isEqualTo(1);
        assertThat(served.attainment()).as("of three").isCloseTo(1 / 3.0, within(1e-9));
        assertThat(served.ttft().orElseThrow().max()).isCloseTo(100e6, within(1e6));
        assertThat(served.tpot().orElseThrow().mean()).isCloseTo(10e6, within(0.1e6));
        assertThat(served.endToEnd().orElseThrow().p50()).isCloseTo(140e6, within(1.5e6));
        assertThat(served.queueWait().orElseThrow().count()).isEqualTo(3);
        GroupMetrics unknown = trial.controlPlane.groups().getLast();
        assertThat(unknown.group().model()).isEqualTo(RequestGroup.OTHER);
        assertThat(unknown.invalid()).isEqualTo(1);
        assertThat(unknown.ended()).isZero();
    }

    @Test
    void eachPolicyHasItsOwnAndResettingForgetsThem() {
        finishOne("1");
        trial.controlPlane.activate("priority", Map.of());
        finishOne("2");
        assertThat(trial.controlPlane.groups()).extracting(group -> group.group().policy()).containsExactly("fifo", "priority");
        assertThat(trial.controlPlane.metrics().activity().policySwitches()).isEqualTo(1);
        assertThat(trial.controlPlane.metrics().tpot()).isPresent();
        trial.controlPlane.resetMetrics();
        assertThat(trial.controlPlane.groups()).isEmpty();
        assertThat(trial.controlPlane.metrics().tpot()).isEmpty();
        assertThat(trial.controlPlane.metrics().sloTotal()).isZero();
        assertThat(trial.controlPlane.metrics().counts().completed()).isEqualTo(2);
        assertThat(trial.controlPlane.active().epoch()).isEqualTo(2);
    }

    @Test
    void aFloodOfTenantsEndsUpInOneGroup() {
        for (int i = 0; i < 3_000; i++) {
            trial.submit(aSubmission("r" + i).tenant("t" + i));
            engine.jobs().getLast().finish();
            engine.jobs().clear();
        }
        List<GroupMetrics> groups = trial.controlPlane.groups();
        assertThat(groups).hasSize(Groups.MOST_TENANTS + 1);
        assertThat(groups.stream().mapToLong(GroupMetrics::completed).sum()).isEqualTo(3_000);
        assertThat(groups.getLast().group().tenant()).isEqualTo(RequestGroup.OTHER);
        assertThat(groups.getLast().completed()).isEqualTo(2_900);
    }

    @Test
    void fairnessIsJainsIndexOverTheTokensOfTenants() {
        assertThat(trial.controlPlane.metrics().fairness()).isEmpty();
        engine.answeringMillis(1, 1);
        trial.submit(aSubmission("1").tenant("t").tokens(20, 10));
        trial.submit(aSubmission("2").tenant("t").tokens(50, 10));
        trial.submit(aSubmission("3").tenant("u").tokens(20, 10));
        trial.run();
        double expected = 120.0 * 120 / (2 * (90.0 * 90 + 30.0 * 30));
        assertThat(trial.controlPlane.metrics().fairness().orElseThrow()).isCloseTo(expected, within(1e-9));
    }

    private void finishOne(String id) {
        trial.submit(aSubmission(id));
        engine.jobs().getLast().tokens(2);
        engine.jobs().getLast().finish();
    }
}
