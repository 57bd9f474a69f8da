package io.sagebench.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// A policy and a pool: carries decisions out as a dispatcher would, and checks that each makes sense.
public final class PolicyTrial {
    private final Policy policy;
    private final FakePool pool;
    private final Set<Waiting> waiting = new LinkedHashSet<>();
    /// What was decided, but for holding.
    final List<Decision> decisions = new ArrayList<>();

    public PolicyTrial(Policy policy, FakePool pool) {
        this.policy = policy;
        this.pool = pool;
    }

    /// The requests arrive in that order; nothing is decided yet.
    public PolicyTrial arrive(WaitingBuilder... requests) {
        for (WaitingBuilder request : requests) {
            arrive(request.build());
        }
        return this;
    }

    void arrive(Waiting request) {
        waiting.add(request);
        policy.arrived(request);
    }

    /// A request leaves the queue of its own.
    public void withdraw(Waiting request) {
        assertThat(waiting.remove(request)).isTrue();
        policy.withdrawn(request);
    }

    /// Moves the clock.
    public PolicyTrial atMillis(long millis) {
        pool.atMillis(millis);
        return this;
    }

    /// Ends everything that runs.
    public PolicyTrial endAll() {
        pool.running().forEach(this::end);
        return this;
    }

    /// Asks until the policy holds.
    ///
    /// @return the sequence numbers of the requests dispatched, in that order
    public List<Long> decide() {
        var dispatched = new ArrayList<Long>();
        int most = 10 + 10 * (waiting.size() + pool.running().size());
        for (int asked = 0; asked < most; asked++) {
            Decision decision = policy.next(pool);
            if (!(decision instanceof Decision.Hold)) {
                decisions.add(decision);
            }
            switch (decision) {
                case Decision.Hold(long untilNanos) -> {
                    assertThat(untilNanos).as("holds until").isGreaterThan(pool.nowNanos());
                    return dispatched;
                }
                case Decision.Dispatch dispatch -> {
                    assertThat(waiting.remove(dispatch.request())).as("dispatches what waits: %s", dispatch).isTrue();
                    pool.carryOut(dispatch);
                    dispatched.add(dispatch.request().sequence());
                }
                case Decision.DispatchTogether(List<Waiting> requests, EngineId engine) -> {
                    assertThat(requests).as("what is sent together").isNotEmpty();
                    assertThat(requests.stream().map(Waiting::lane).distinct()).hasSize(1);
                    for (Waiting request : requests) {
                        assertThat(request.ask().texts()).as("only texts go together: %s", request).isPresent();
                        assertThat(waiting.remove(request)).as("dispatches what waits: %s", request).isTrue();
                        pool.carryOut(request, engine);
                        dispatched.add(request.sequence());
                    }
                }
                case Decision.Reject(Waiting request, String reason) -> {
                    assertThat(waiting.remove(request)).as("rejects what waits: %s", request).isTrue();
                    assertThat(reason).isNotBlank();
                }
                case Decision.Preempt(InFlight victim) -> {
                    assertThat(pool.preemptible()).contains(victim);
                    pool.end(victim);
                    policy.ended(victim.request(), victim.engine(), 0, Policy.Ending.WITHDRAWN, pool.nowNanos());
                    arrive(victim.request());
                }
            }
        }
        throw new AssertionError("after " + most + " decisions it still does not hold: " + decisions.reversed().subList(0, 6));
    }

    /// The engines the requests were dispatched to so far, in the order of the decisions.
    public List<String> engines() {
        return decisions.stream()
                .filter(Decision.Dispatch.class::isInstance)
                .map(decision -> ((Decision.Dispatch) decision).engine().value())
                .toList();
    }

    /// What was decided so far, but for holding.
    public List<Decision> decided() {
        return List.copyOf(decisions);
    }

    /// Until when the policy holds right now, in ms since the run began; negative when until an event.
    public double holdsUntilMillis() {
        Decision decision = policy.next(pool);
        assertThat(decision).isInstanceOf(Decision.Hold.class);
        long untilNanos = ((Decision.Hold) decision).untilNanos();
        return untilNanos == Long.MAX_VALUE ? -1 : untilNanos / 1e6;
    }

    /// Ends about half of what runs.
    public void endSome(RandomGenerator chance) {
        pool.running().stream().filter(_ -> chance.nextBoolean()).toList().forEach(this::end);
    }

    private void end(InFlight running) {
        pool.end(running);
        policy.ended(
                running.request(),
                running.engine(),
                running.request().predicted().outputTokens(),
                Policy.Ending.COMPLETED,
                pool.nowNanos());
    }

    /// What waits, in the order it came.
    public Set<Waiting> waiting() {
        return waiting;
    }

    FakePool pool() {
        return pool;
    }
}
