package io.sagebench.controlplane;

import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.PromptContent;
import io.sagebench.engine.ServedModels;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import io.sagebench.time.VirtualTimeline;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds under every installed policy, ceilings included: a random load of every kind of request, on engines of every kind that fail, by the
/// rules for serving, first with the parameters it has by default and then with others. The trial checks the books and each submitter's events after every event, [WatchedEngine] what engines get.
@Timeout(120)
class EveryPolicyTest {
    private static final int REQUESTS = 500;
    private static final double SECONDS = 12;
    private static final List<Priority> PRIORITIES = List.of(Priority.values());
    private static final ControlPlaneSettings SETTINGS = ControlPlaneSettings.DEFAULT
            .with(new QueueLimits(60, 40, 20_000, true))
            .with(FailureSettings.DEFAULT.withoutProbes());

    static Stream<String> policies() {
        return Policies.installed().all().stream().map(PolicyFactory::name);
    }

    static Stream<Arguments> policiesAndSeeds() {
        return policies().flatMap(policy -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(policy, seed)));
    }

    @ParameterizedTest
    @MethodSource("policiesAndSeeds")
    void everyRequestEndsOnceWhereItMayRunAndNothingIsLeftReserved(String policy, long seed) {
        var load = new Load(policy, seed);
        load.run();
        load.trial.expectIdle();
        assertThat(load.fleet.isIdle()).isTrue();
        assertThat(load.trial.clients).hasSize(REQUESTS);
        assertThat(load.trial.clients.stream().map(client -> client.state).distinct())
                .as("all endings occur")
                .contains(
                        ControlPlaneTrial.State.FINISHED,
                        ControlPlaneTrial.State.FAILED,
                        ControlPlaneTrial.State.CANCELLED,
                        ControlPlaneTrial.State.REFUSED);
        assertThat(load.trial.clients.stream().filter(client -> client.state == ControlPlaneTrial.State.FINISHED))
                .hasSizeGreaterThan(REQUESTS / 4);
        assertThat(load.fleet.engines).allSatisfy(engine ->
                assertThat(engine.started()).as("%s", engine.description().id()).isPositive());
        for (ControlPlaneTrial.Client client : load.trial.clients) {
            assertThat(client.submission.ask().model().equals("unknown"))
                    .isEqualTo(client.refusal != null && client.refusal.reason() == Refusal.Reason.UNKNOWN_MODEL);
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void theSameSeedGivesTheSameHistory(String policy) {
        var one = new Load(policy, 4);
        var other = new Load(policy, 4);
        one.run();
        other.run();
        assertThat(one.trial.log).hasSizeGreaterThan(REQUESTS).isEqualTo(other.trial.log);
        assertThat(one.trial.controlPlane.metrics()).isEqualTo(other.trial.controlPlane.metrics());
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void withoutPromisesHybridSloIsHybrid(long seed) {
        var one = new Load("hybrid", Map.of(), seed, false);
        var other = new Load("hybrid_slo", Map.of(), seed, false);
        one.run();
        other.run();
        assertThat(one.trial.log).hasSizeGreaterThan(REQUESTS).isEqualTo(other.trial.log);
    }

    /// Another policy every 100 ms, by lot and with parameters by lot.
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void soItIsWhileTheyTakeTurns(long seed) {
        var load = new Load("fifo", seed);
        var chance = new SplittableRandom(seed);
        List<String> names = policies().toList();
        for (int i = 1; i <= SECONDS * 10; i++) {
            String next = names.get(chance.nextInt(names.size()));
            Map<String, String> parameters = parameters(next, chance);
            load.timeline.at(i * 100_000_000L, () -> assertThat(load.trial.controlPlane.activate(next, parameters))
                    .isInstanceOf(PolicySwitch.Active.class));
        }
        load.run();
        load.trial.expectIdle();
        assertThat(load.fleet.isIdle()).isTrue();
        assertThat(load.trial.clients.stream().filter(client -> client.state == ControlPlaneTrial.State.FINISHED))
                .hasSizeGreaterThan(REQUESTS / 4);
    }

    /// One run.
    private static final class Load {
        final VirtualTimeline timeline = new VirtualTimeline();
        final MixedFleet fleet;
        final ControlPlaneTrial trial;

        Load(String policy, long seed) {
            this(policy, seed == 1 ? Map.of() : parameters(policy, new SplittableRandom(seed)), seed, true);
        }

        Load(String policy, Map<String, String> parameters, long seed, boolean promises) {
            fleet = new MixedFleet(timeline, seed);
            trial = new ControlPlaneTrial(timeline, policy, SETTINGS, fleet.engines);
            var chance = new SplittableRandom(seed);
            assertThat(trial.controlPlane.activate(policy, parameters)).isInstanceOf(PolicySwitch.Active.class);
            for (int i = 0; i < REQUESTS; i++) {
                SubmissionBuilder submission = submission("r" + i, promises, chance);
                boolean streams = chance.nextInt(3) > 0;
                boolean leaves = chance.nextInt(10) == 0;
                boolean leavesAtOnce = chance.nextInt(30) == 0;
                long staysNanos = chance.nextLong(1_500_000_000);
                timeline.at(chance.nextLong((long) (SECONDS * 1e9)), () -> {
                    ControlPlaneTrial.Client client = trial.submit(submission);
                    client.streams = streams;
                    if (leaves) {
                        timeline.after(staysNanos, client::cancel);
                    }
                    if (leavesAtOnce) {
                        client.whenDispatched = client::cancel;
                    }
                });
            }
            fleet.trouble(trial.controlPlane, SECONDS, chance);
        }

        void run() {
            trial.run();
        }
    }

    /// A word by lot for each parameter that takes one, and about half of the numbers up to four times as large or as small.
    private static Map<String, String> parameters(String policy, SplittableRandom chance) {
        var values = new TreeMap<String, String>();
        for (PolicyParameter parameter : Policies.installed().named(policy).orElseThrow().parameters()) {
            switch (parameter.kind()) {
                case PolicyParameter.Kind.OneOf(List<String> words) ->
                    values.put(parameter.name(), words.get(chance.nextInt(words.size())));
                case PolicyParameter.Kind.Numeric(double least, double most) -> {
                    double usual = Double.parseDouble(parameter.defaultValue());
                    double value = Math.clamp(usual * Math.scalb(1.0, chance.nextInt(-2, 3)), least, most);
                    String whole = "" + Math.round(value);
                    if (chance.nextBoolean()) {
                        values.put(parameter.name(), parameter.problemWith(whole).isEmpty() && usual == Math.rint(usual) ? whole : "" + value);
                    }
                }
            }
        }
        return values;
    }

    private static SubmissionBuilder submission(String id, boolean promises, SplittableRandom chance) {
        SubmissionBuilder submission = aSubmission(id)
                .model(model(MixedFleet.WRITERS, chance))
                .tokens(chance.nextInt(20, 600), chance.nextInt(1, 250))
                .priority(PRIORITIES.get(chance.nextInt(PRIORITIES.size())));
        if (chance.nextInt(3) == 0) {
            submission.type(RequestType.LLM_GENERATE);
        }
        if (chance.nextInt(3) == 0) {
            var tokens = new Integer[chance.nextInt(20) == 0 ? 20 : chance.nextInt(1, 6)];
            Arrays.setAll(tokens, _ -> chance.nextInt(5, 200));
            submission.model(model(MixedFleet.EMBEDDERS, chance)).embedding(tokens);
        }
        switch (promises ? chance.nextInt(4) : 3) {
            case 0 -> submission.dueMillis(chance.nextLong(100, 6_000));
            case 1 -> submission.promising(chance.nextLong(50, 1_500), chance.nextLong(5, 60));
            default -> {}
        }
        if (chance.nextInt(3) > 0) {
            submission.tenant("t" + chance.nextInt(3));
        }
        if (chance.nextInt(3) == 0) {
            int session = chance.nextInt(8);
            submission.session("s" + session).saying(PromptContent.unique(session));
        }
        if (chance.nextInt(4) == 0) {
            submission.announcing(chance.nextInt(1, 300));
        }
        return submission;
    }

    private static String model(List<String> models, SplittableRandom chance) {
        return switch (chance.nextInt(20)) {
            case 0 -> "unknown";
            case 1, 2 -> ServedModels.ANY;
            default -> models.get(chance.nextInt(models.size()));
        };
    }
}
