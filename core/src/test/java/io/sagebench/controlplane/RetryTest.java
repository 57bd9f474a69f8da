package io.sagebench.controlplane;

import static io.sagebench.controlplane.ScriptedEngine.anEngine;
import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.controlplane.ControlPlaneTrial.Client;
import io.sagebench.controlplane.ControlPlaneTrial.State;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.metrics.LatencySummary;
import io.sagebench.time.VirtualTimeline;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that an engine failed before anything was sent go to another one.
class RetryTest {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final ScriptedEngine a = anEngine(timeline, "a");
    private final ScriptedEngine b = anEngine(timeline, "b");
    private final ScriptedEngine c = anEngine(timeline, "c");
    private final ScriptedEngine d = anEngine(timeline, "d");
    private final ControlPlaneTrial trial = trial(RetrySettings.DEFAULT);

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 429})
    void whatAnotherEngineMayNotHaveIsTriedThere(int status) {
        Client client = trial.submit(aSubmission("x"));
        jobOf(client).fail(status);
        assertThat(engines(client)).hasSize(2).doesNotHaveDuplicates();
        jobOf(client).finish();
        assertThat(client.state).isEqualTo(State.FINISHED);
        assertThat(trial.controlPlane.metrics().activity().retries()).isEqualTo(1);
        trial.checkBooks();
        trial.expectIdle();
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineFailure.Kind.class,
            names = {"RESET", "CUT_SHORT"})
    void aBrokenConnectionIsTriedElsewhere(EngineFailure.Kind kind) {
        Client client = trial.submit(aSubmission("x"));
        jobOf(client).fail(new EngineFailure(kind, 502, "", "broken"));
        assertThat(engines(client)).hasSize(2).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 413})
    void whatIsWrongWithTheRequestItselfIsNot(int status) {
        Client client = trial.submit(aSubmission("x"));
        a.jobs().getFirst().fail(status);
        assertThat(client.state).isEqualTo(State.FAILED);
        assertThat(engines(client)).containsExactly("a");
    }

    @Test
    void threeEnginesAtMostTryARequestAndNeverOneTwice() {
        Client client = trial.submit(aSubmission("x"));
        jobOf(client).fail(500);
        jobOf(client).fail(500);
        jobOf(client).fail(503);
        assertThat(engines(client)).hasSize(3).doesNotHaveDuplicates();
        assertThat(client.state).isEqualTo(State.FAILED);
        assertThat(Objects.requireNonNull(client.failure).status()).isEqualTo(503);
        assertThat(trial.controlPlane.metrics().counts().failed()).isEqualTo(1);
        trial.expectIdle();
    }

    @Test
    void onceATokenWasSentAFailureIsFinal() {
        Client client = trial.submit(aSubmission("x"));
        a.jobs().getFirst().tokens(1);
        a.jobs().getFirst().fail(502);
        assertThat(client.state).isEqualTo(State.FAILED);
        assertThat(engines(client)).containsExactly("a");
    }

    @Test
    void tokensOfAnAnswerThatIsSentAsAWholeDoNotPreventAnotherTry() {
        Client client = trial.submit(aSubmission("x"));
        client.streams = false;
        jobOf(client).tokens(2);
        jobOf(client).fail(502);
        assertThat(engines(client)).hasSize(2).doesNotHaveDuplicates();
        jobOf(client).finish();
        assertThat(client.state).isEqualTo(State.FINISHED);
        trial.expectIdle();
    }

    @Test
    void theFirstTokenOfTheTryThatAnswersIsTheOneThatCounts() {
        Client client = trial.submit(aSubmission("x"));
        client.streams = false;
        timeline.at(10_000_000, () -> jobOf(client).tokens(1));
        timeline.at(20_000_000, () -> jobOf(client).fail(502));
        timeline.at(50_000_000, () -> jobOf(client).tokens(1));
        trial.run();
        assertThat(trial.controlPlane.metrics().ttft()).as("before the answer is complete").isEmpty();
        jobOf(client).finish();
        LatencySummary ttft = trial.controlPlane.metrics().ttft().orElseThrow();
        assertThat(ttft.count()).isEqualTo(1);
        assertThat(ttft.max()).isCloseTo(50e6, within(0.1e6));
        assertThat(trial.controlPlane.groups().getFirst().ttft().orElseThrow().count()).isEqualTo(1);
    }

    @Test
    void withNoOtherEngineTheFailureIsFinal() {
        var alone = new ControlPlaneTrial(timeline, "fifo", settings(RetrySettings.DEFAULT), List.of(a));
        Client client = alone.submit(aSubmission("x"));
        a.jobs().getFirst().fail(503);
        assertThat(client.state).isEqualTo(State.FAILED);
        alone.expectIdle();
    }

    @Test
    void afterItsDeadlineARequestIsNotTriedAgain() {
        Client client = trial.submit(aSubmission("x").dueMillis(100));
        trial.runMillis(100);
        a.jobs().getFirst().fail(503);
        assertThat(client.state).isEqualTo(State.FAILED);
        assertThat(engines(client)).containsExactly("a");
    }

    @Test
    void aRequestTriedAgainKeepsItsPlaceInTheQueue() {
        var two = new ControlPlaneTrial(timeline, "fifo", settings(RetrySettings.DEFAULT), List.of(a, b));
        Client first = two.submit(aSubmission("first"));
        Client second = two.submit(aSubmission("second"));
        two.submit(aSubmission("third"));
        two.submit(aSubmission("fourth"));
        jobOf(first).fail(503);
        assertThat(first.state).isEqualTo(State.DISPATCHED);
        jobOf(second).finish();
        assertThat(engines(first)).as("before those that came after it").hasSize(2);
        assertThat(two.clients.get(3).dispatches).isEmpty();
    }

    @Test
    void theBudgetIsAFifthOfRecentRequests() {
        var tight = trial(new RetrySettings(2, 0.2, 0, Duration.ofSeconds(10)));
        for (int i = 0; i < 10; i++) {
            tight.submit(aSubmission("r" + i));
        }
        List<Client> running = tight.clients.subList(0, 3);
        running.forEach(client -> jobOf(client).fail(503));
        assertThat(tight.controlPlane.metrics().activity().retries()).as("of ten requests").isEqualTo(2);
        assertThat(running.stream().filter(client -> client.state == State.FAILED)).hasSize(1);
    }

    @Test
    void anEngineThatAsksToBeLeftAloneIs() {
        var resting = trial(RetrySettings.DEFAULT);
        resting.submit(aSubmission("x"));
        a.jobs().getFirst().fail(new EngineFailure(429, "busy").retryAfter(Duration.ofSeconds(3)));
        assertThat(resting.engine("a").health().resting()).isTrue();
        for (int i = 0; i < 4; i++) {
            resting.submit(aSubmission("r" + i));
        }
        assertThat(a.ids()).containsExactly("x");
        resting.runMillis(2_999);
        assertThat(a.ids()).hasSize(1);
        resting.runMillis(2);
        assertThat(a.ids()).hasSize(2);
        assertThat(resting.engine("a").health().inService()).isTrue();
    }

    private ControlPlaneTrial trial(RetrySettings retries) {
        return new ControlPlaneTrial(timeline, "fifo", settings(retries), List.of(a, b, c, d));
    }

    private static ControlPlaneSettings settings(RetrySettings retries) {
        FailureSettings all = FailureSettings.DEFAULT;
        return ControlPlaneSettings.DEFAULT.with(new FailureSettings(
                Optional.empty(), all.breaker(), retries, Optional.empty(), all.drainLimit(), all.patience()));
    }

    /// Its job on the engine it went to last.
    private ScriptedEngine.Job jobOf(Client client) {
        String last = engines(client).getLast();
        return Stream.of(a, b, c, d)
                .filter(engine -> engine.description().id().value().equals(last))
                .findFirst()
                .orElseThrow()
                .jobs()
                .getLast();
    }

    private static List<String> engines(Client client) {
        return client.dispatches.stream().map(DispatchedTo::engine).map(EngineId::value).toList();
    }
}
