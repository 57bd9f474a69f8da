package io.sagebench.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.random.Seed;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A control plane in virtual time, and everything its submitters hear of it.
public final class ControlPlaneTrial {
    final VirtualTimeline timeline;
    final ControlPlane controlPlane;
    final List<Client> clients = new ArrayList<>();
    private final Map<State, Integer> inState = new EnumMap<>(State.class);
    /// Every event as a line: time, id, what.
    final List<String> log = new ArrayList<>();

    ControlPlaneTrial(VirtualTimeline timeline, String policy, QueueLimits limits, List<? extends Engine> engines) {
        this(timeline, policy, ControlPlaneSettings.plain(limits), engines);
    }

    ControlPlaneTrial(
            VirtualTimeline timeline, String policy, ControlPlaneSettings settings, List<? extends Engine> engines) {
        this.timeline = timeline;
        this.controlPlane = new ControlPlane(
                timeline, Policies.installed(), policy, List.copyOf(engines), settings, new Seed(1), () -> 0);
    }

    /// With default settings but for failures, which are passed on, and one policy instead of those installed.
    ControlPlaneTrial(VirtualTimeline timeline, PolicyFactory policy, List<? extends Engine> engines) {
        this.timeline = timeline;
        this.controlPlane = new ControlPlane(
                timeline, Policies.of(policy), policy.name(), List.copyOf(engines), QueueLimits.DEFAULT, new Seed(1), () -> 0);
    }

    ControlPlaneTrial(VirtualTimeline timeline, String policy, Engine... engines) {
        this(timeline, policy, QueueLimits.DEFAULT, List.of(engines));
    }

    /// Runs the events of so much time.
    void runMillis(long millis) {
        long untilNanos = timeline.nowNanos() + millis * 1_000_000;
        var over = new boolean[1];
        timeline.at(untilNanos, () -> over[0] = true);
        timeline.runUntil(() -> {
            checkBooks();
            return over[0];
        });
    }

    /// What the control plane says of an engine.
    EngineStatus engine(String name) {
        return controlPlane.engines().stream()
                .filter(engine -> engine.description().id().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Submits now.
    Client submit(SubmissionBuilder submission) {
        var client = new Client(submission.build());
        clients.add(client);
        client.ticket = controlPlane.submit(client.submission, client);
        return client;
    }

    /// Runs until nothing is left to happen, and checks the books after every event.
    void run() {
        timeline.runUntil(() -> {
            checkBooks();
            return false;
        });
        checkBooks();
    }

    /// Whether what the control plane says of itself agrees with what its submitters heard.
    void checkBooks() {
        ControlPlaneMetrics.Conservation counts = controlPlane.counts();
        assertThat(counts.holds()).as("%s", counts).isTrue();
        // a request that was taken back from its engine waits, but its submitter does not hear of that
        assertThat(counts.queued() + counts.running()).isEqualTo(count(State.WAITING) + count(State.DISPATCHED));
        assertThat(counts.queued()).isGreaterThanOrEqualTo(count(State.WAITING));
        assertThat(counts.completed()).isEqualTo(count(State.FINISHED));
        assertThat(counts.failed()).isEqualTo(count(State.FAILED));
        assertThat(counts.cancelled()).isEqualTo(count(State.CANCELLED));
        assertThat(counts.invalid() + counts.refusedAtOnce() + counts.refusedLater()).isEqualTo(count(State.REFUSED));
        int running = 0;
        for (EngineStatus engine : controlPlane.engines()) {
            running += engine.running();
            assertThat(engine.running()).isBetween(0, engine.description().maxConcurrent());
            assertThat(engine.prefillTokensOutstanding()).isNotNegative();
            assertThat(engine.decodeTokensOutstanding()).isNotNegative();
            assertThat(engine.kvTokensReserved()).isBetween(0L, engine.description().kvTokens().orElse(Long.MAX_VALUE));
        }
        assertThat(running).isEqualTo((int) counts.running());
    }

    /// Whether nothing waits, runs or is reserved any more.
    void expectIdle() {
        assertThat(controlPlane.metrics().queued()).isZero();
        assertThat(controlPlane.metrics().running()).isZero();
        assertThat(controlPlane.engines()).allSatisfy(engine -> {
            assertThat(engine.running()).isZero();
            assertThat(engine.prefillTokensOutstanding()).isZero();
            assertThat(engine.decodeTokensOutstanding()).isZero();
            assertThat(engine.kvTokensReserved()).isZero();
        });
        assertThat(clients).noneMatch(client -> client.state == State.WAITING || client.state == State.DISPATCHED);
    }

    private long count(State state) {
        return inState.getOrDefault(state, 0);
    }

    /// What a submitter knows of its request.
    enum State {
        WAITING,
        DISPATCHED,
        FINISHED,
        FAILED,
        REFUSED,
        CANCELLED
    }

    /// One submitter. Complains of events that do not follow from those before.
    final class Client implements SubmissionEvents {
        final Submission submission;
        final List<DispatchedTo> dispatches = new ArrayList<>();
        State state = State.WAITING;
        /// Whether its answer goes on from where tokens have come, as a stream does.
        boolean streams = true;
        /// Whether it has got more of its answer than it was told of tokens, as when bytes are passed on at once and counted later.
        boolean isAheadOfTokens;
        int tokens;
        @Nullable Refusal refusal;
        @Nullable EngineFailure failure;
        long ticket;
        /// What it does at once when it is dispatched, and when it ends.
        Runnable whenDispatched = () -> {};
        Runnable whenEnded = () -> {};

        private Client(Submission submission) {
            this.submission = submission;
            inState.merge(state, 1, Integer::sum);
        }

        private void become(State next) {
            inState.merge(state, -1, Integer::sum);
            inState.merge(next, 1, Integer::sum);
            state = next;
        }

        void cancel() {
            if (state == State.WAITING || state == State.DISPATCHED) {
                become(State.CANCELLED);
                note("cancelled");
            }
            controlPlane.cancel(ticket);
        }

        @Override
        public void refused(Refusal why) {
            note("refused " + why.reason());
            // a preempted request waits again, and may be refused then
            assertThat(state).isIn(State.WAITING, State.DISPATCHED);
            become(State.REFUSED);
            refusal = why;
            whenEnded.run();
        }

        @Override
        public void dispatched(DispatchedTo where) {
            note("dispatched to " + where.engine());
            assertThat(state).isIn(State.WAITING, State.DISPATCHED);
            if (streams) {
                assertThat(tokens).as("tokens before it is dispatched").isZero();
            }
            tokens = 0;
            become(State.DISPATCHED);
            dispatches.add(where);
            whenDispatched.run();
        }

        @Override
        public boolean answerHasBegun(int tokensTold) {
            return isAheadOfTokens || (streams && tokensTold > 0);
        }

        @Override
        public boolean answerComesInParts() {
            return streams;
        }

        @Override
        public void tokens(int count) {
            assertThat(state).isEqualTo(State.DISPATCHED);
            tokens += count;
        }

        @Override
        public void finished(EngineResult result) {
            note("finished");
            assertThat(state).isEqualTo(State.DISPATCHED);
            assertThat(tokens).isEqualTo(result.outputTokens());
            become(State.FINISHED);
            whenEnded.run();
        }

        @Override
        public void failed(EngineFailure why) {
            note("failed " + why.status());
            failure = why;
            assertThat(state).isEqualTo(State.DISPATCHED);
            become(State.FAILED);
            whenEnded.run();
        }

        private void note(String what) {
            log.add(timeline.nowNanos() / 1e6 + " " + submission.id() + " " + what);
        }
    }
}
