package io.sagebench.controlplane;

import static io.sagebench.controlplane.ScriptedEngine.anEngine;
import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.request.Priority;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds whatever happens. The trial checks after every event that the books balance and that no event contradicts those before.
class ControlPlanePropertiesTest {
    private static final List<Priority> PRIORITIES = List.of(Priority.values());
    private static final List<String> MODELS = List.of("m", "m", "n", "default", "unknown");
    private static final int REQUESTS = 150;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void underRandomLoadFailuresCancellationsAndSwitchesEveryRequestEndsOnceAndNothingIsLeftReserved(long seed) {
        ControlPlaneTrial trial = randomTrial(seed);
        trial.run();
        trial.expectIdle();
        assertThat(trial.clients).hasSize(REQUESTS);
        assertThat(trial.clients.stream().map(client -> client.state).distinct())
                .as("all endings occur")
                .contains(
                        ControlPlaneTrial.State.FINISHED,
                        ControlPlaneTrial.State.FAILED,
                        ControlPlaneTrial.State.CANCELLED,
                        ControlPlaneTrial.State.REFUSED);
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        ControlPlaneTrial one = randomTrial(11);
        ControlPlaneTrial other = randomTrial(11);
        one.run();
        other.run();
        assertThat(one.log).isEqualTo(other.log);
        assertThat(one.controlPlane.metrics()).isEqualTo(other.controlPlane.metrics());
    }

    @Test
    void noRequestEverRunsOnAnEngineOfAnotherModel() {
        ControlPlaneTrial trial = randomTrial(12);
        trial.run();
        Map<String, List<String>> served = Map.of("a", List.of("m"), "b", List.of("m", "n"), "c", List.of("n"));
        for (ControlPlaneTrial.Client client : trial.clients) {
            String model = client.submission.ask().model();
            for (DispatchedTo where : client.dispatches) {
                assertThat(served.get(where.engine().value())).matches(models -> model.equals("default") || models.contains(model));
            }
            assertThat(model.equals("unknown")).isEqualTo(
                    client.refusal != null && client.refusal.reason() == Refusal.Reason.UNKNOWN_MODEL);
        }
    }

    /// About 1.3 times what the three engines can do; some engines fail, some submitters leave, and the policy changes now and then.
    private static ControlPlaneTrial randomTrial(long seed) {
        var timeline = new VirtualTimeline();
        var chance = new SplittableRandom(seed);
        var engines = List.of(
                anEngine(timeline, "a").models("m").maxConcurrent(3).kvTokens(400),
                anEngine(timeline, "b").models("m", "n").maxConcurrent(2).contextTokens(200),
                anEngine(timeline, "c").models("n").maxConcurrent(4).kvTokens(300));
        engines.forEach(engine -> engine.answering(
                job -> 1_000_000L * (5 + job.promptTokens()), job -> 1_000_000L * chance.nextLong(5, 40)));
        var trial = new ControlPlaneTrial(timeline, "fifo", new QueueLimits(25, 12, 2_000, seed % 2 == 0), engines);
        for (int i = 0; i < REQUESTS; i++) {
            String id = "r" + i;
            long atNanos = chance.nextLong(4_500_000_000L);
            timeline.at(atNanos, () -> {
                var client = trial.submit(randomSubmission(id, chance));
                if (chance.nextInt(8) == 0) {
                    timeline.after(chance.nextLong(600_000_000), client::cancel);
                }
                if (chance.nextInt(20) == 0) {
                    client.whenDispatched = client::cancel;
                }
            });
        }
        List<String> policies = Policies.installed().all().stream().map(PolicyFactory::name).toList();
        for (int i = 0; i < 40; i++) {
            timeline.at(chance.nextLong(4_500_000_000L), () -> breakOneJob(engines.get(chance.nextInt(3)), chance));
            timeline.at(chance.nextLong(4_500_000_000L), () -> {
                String policy = policies.get(chance.nextInt(policies.size()));
                boolean preempting = policy.equals("priority") && chance.nextBoolean();
                trial.controlPlane.activate(policy, preempting ? Map.of("preemption", "on") : Map.of());
            });
        }
        return trial;
    }

    private static void breakOneJob(ScriptedEngine engine, SplittableRandom chance) {
        var alive = new ArrayList<>(engine.jobs().stream().filter(ScriptedEngine.Job::isAlive).toList());
        if (!alive.isEmpty()) {
            alive.get(chance.nextInt(alive.size())).fail(502);
        }
    }

    private static SubmissionBuilder randomSubmission(String id, SplittableRandom chance) {
        SubmissionBuilder submission = aSubmission(id)
                .model(MODELS.get(chance.nextInt(MODELS.size())))
                .priority(PRIORITIES.get(chance.nextInt(PRIORITIES.size())))
                .tokens(chance.nextInt(1, 120), chance.nextInt(1, 12));
        if (chance.nextBoolean()) {
            submission.dueMillis(chance.nextLong(50, 3_000));
        }
        if (chance.nextInt(3) > 0) {
            submission.tenant("t" + chance.nextInt(3));
        }
        return submission;
    }
}
