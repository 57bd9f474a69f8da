package io.sagebench.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import io.sagebench.time.TickSpan;
import io.sagebench.time.VirtualTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Many submitters of a control plane in virtual time, at little cost each: they check that each request ends once, and the books after every event.
final class Crowd {
    /// How a request ended.
    enum Ending {
        IN_TIME,
        LATE,
        FAILED,
        REFUSED,
        CANCELLED
    }

    final VirtualTimeline timeline;
    final ControlPlane controlPlane;
    /// How the requests that arrived in each minute ended.
    final Map<Long, Map<Ending, Integer>> byMinute = new HashMap<>();

    final List<String> order = new ArrayList<>();
    private final Duration deadline;
    private int live;

    Crowd(
            VirtualTimeline timeline,
            String policy,
            ControlPlaneSettings settings,
            List<? extends Engine> engines,
            Duration deadline) {
        this.timeline = timeline;
        this.deadline = deadline;
        this.controlPlane = new ControlPlane(
                timeline, Policies.installed(), policy, List.copyOf(engines), settings, new Seed(1), () -> 0);
    }

    /// Submits at random times, so many a second on average, until `seconds` have passed.
    ///
    /// @param leaving the share of submitters that leave at a random moment
    void arrive(double perSecond, double seconds, double leaving, SplittableRandom chance, SubmissionMaker maker) {
        double at = 0;
        for (int i = 0; at < seconds; i++) {
            at -= Math.log(1 - chance.nextDouble()) / perSecond;
            var submission = maker.make("r" + i, chance).dueMillis(deadline.toMillis());
            boolean leaves = chance.nextDouble() < leaving;
            long afterNanos = chance.nextLong(deadline.toNanos());
            timeline.at(Math.round(at * 1e9), () -> {
                var client = new Client(submission.build());
                if (leaves) {
                    timeline.after(afterNanos, client::leave);
                }
            });
        }
    }

    /// What a request looks like.
    interface SubmissionMaker {
        SubmissionBuilder make(String id, SplittableRandom chance);
    }

    /// Runs for so long and until all requests that came have ended.
    void run(double seconds) {
        timeline.runUntil(() -> {
            ControlPlaneMetrics.Conservation counts = controlPlane.counts();
            assertThat(counts.holds()).as("%s", counts).isTrue();
            assertThat(counts.queued() + counts.running()).isEqualTo(live);
            return timeline.nowNanos() >= seconds * 1e9 && live == 0;
        });
        assertThat(live).isZero();
    }

    int ended(Ending how) {
        return byMinute.values().stream().mapToInt(counts -> counts.getOrDefault(how, 0)).sum();
    }

    int all() {
        return byMinute.values().stream()
                .flatMap(counts -> counts.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    /// The share of the requests of a minute, but for those whose submitters left, that were served in time.
    double attainment(long minute) {
        Map<Ending, Integer> counts = byMinute.getOrDefault(minute, Map.of());
        int served = counts.getOrDefault(Ending.IN_TIME, 0);
        int total = counts.values().stream().mapToInt(Integer::intValue).sum() - counts.getOrDefault(Ending.CANCELLED, 0);
        return (double) served / total;
    }

    private final class Client implements SubmissionEvents {
        private final long arrivedAtNanos = timeline.nowNanos();
        private final String id;
        private long ticket = -1;
        private boolean hasEnded;

        Client(Submission submission) {
            id = submission.id().value();
            live++;
            long given = controlPlane.submit(submission, this);
            ticket = given;
        }

        void leave() {
            if (!hasEnded && ticket >= 0) {
                end(Ending.CANCELLED);
                controlPlane.cancel(ticket);
            }
        }

        private void end(Ending how) {
            assertThat(hasEnded).as("%s has ended", id).isFalse();
            hasEnded = true;
            live--;
            byMinute.computeIfAbsent(arrivedAtNanos / 60_000_000_000L, _ -> new EnumMap<>(Ending.class))
                    .merge(how, 1, Integer::sum);
        }

        @Override
        public boolean wantsEachToken() {
            return false;
        }

        @Override
        public void tokensAt(List<TickSpan> ticks) {}

        @Override
        public void refused(Refusal refusal) {
            end(Ending.REFUSED);
        }

        @Override
        public void dispatched(DispatchedTo where) {
            assertThat(hasEnded).isFalse();
            order.add(id);
        }

        @Override
        public void tokens(int count) {
            assertThat(hasEnded).isFalse();
        }

        @Override
        public void finished(EngineResult result) {
            end(timeline.nowNanos() - arrivedAtNanos <= deadline.toNanos() ? Ending.IN_TIME : Ending.LATE);
        }

        @Override
        public void failed(EngineFailure failure) {
            end(Ending.FAILED);
        }
    }
}
