package io.sagebench.live.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// When the timeline hears of relayed tokens. What event loops post waits until the test lets it arrive.
class TokenRoundsTest {
    private static final long MILLI = 1_000_000;

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final TokenRounds rounds = new TokenRounds(timeline);
    private final Queue<Runnable> posted = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();

    @Test
    void hearsOfTheFirstTokenAtOnceAndOfTheOthersTogether() {
        Reports job = begin("a", false);
        job.relayed(1);
        arrive();
        assertThat(heard).containsExactly("a 1 at 0");
        job.relayed(2);
        job.relayed(5);
        assertThat(posted).isEmpty();
        passUntil(99);
        assertThat(heard).hasSize(1);
        passUntil(100);
        assertThat(heard).containsExactly("a 1 at 0", "a 4 at 100");
    }

    @Test
    void hearsOfAllStreamsInOneActionAndNothingOfThoseWithoutNews() {
        Reports first = begin("a", false);
        Reports second = begin("b", false);
        Reports third = begin("c", false);
        for (Reports job : List.of(first, second, third)) {
            job.relayed(1);
        }
        arrive();
        heard.clear();
        first.relayed(3);
        third.relayed(2);
        passUntil(1_000);
        assertThat(heard).containsExactly("a 2 at 100", "c 1 at 100");
    }

    @Test
    void hearsTenTimesAsOftenOnceSomebodyWantsEachToken() {
        Reports patient = begin("a", false);
        passUntil(35);
        Reports eager = begin("b", true);
        patient.relayed(1);
        eager.relayed(1);
        passUntil(40);
        eager.relayed(3);
        passUntil(50);
        assertThat(heard).containsExactly("a 1 at 40", "b 1 at 40", "b 2 at 50");
    }

    @Test
    void theEndNeverComesBeforeTheTokens() {
        Reports finished = begin("a", false);
        finished.relayed(1);
        finished.relayed(7);
        finished.finished(new EngineResult(1, 0, 7));
        Reports failed = begin("b", false);
        failed.relayed(2);
        failed.failed(new EngineFailure(502, "broke"));
        passUntil(200); // a round overtakes what was posted
        arrive();
        assertThat(heard).containsExactly("a 7 at 100", "b 2 at 100", "a finished", "b failed");
    }

    @Test
    void nothingIsHeardOfACancelledJob() {
        Reports job = begin("a", false);
        job.relayed(1);
        job.finished(new EngineResult(1, 0, 1));
        job.cancel();
        arrive();
        passUntil(1_000);
        assertThat(heard).isEmpty();
    }

    @Test
    void asksNobodyWhenAllJobsAreOver() {
        Reports job = begin("a", false);
        job.cancel();
        timeline.run(); // until nothing is armed any more
        assertThat(timeline.nowNanos()).isEqualTo(100 * MILLI);
        begin("b", false).relayed(1);
        passUntil(200);
        assertThat(heard).containsExactly("b 1 at 200");
    }

    private Reports begin(String name, boolean wantsEachToken) {
        var job = new Reports(posted::add, new EngineEvents() {
            @Override
            public void tokens(int count) {
                heard.add(name + " " + count + " at " + timeline.nowNanos() / MILLI);
            }

            @Override
            public boolean wantsEachToken() {
                return wantsEachToken;
            }

            @Override
            public void finished(EngineResult result) {
                heard.add(name + " finished");
            }

            @Override
            public void failed(EngineFailure failure) {
                heard.add(name + " failed");
            }
        });
        rounds.add(job);
        return job;
    }

    private void passUntil(long millis) {
        var reached = new AtomicBoolean();
        timeline.at(millis * MILLI, () -> reached.set(true));
        timeline.runUntil(reached::get);
    }

    private void arrive() {
        for (Runnable report = posted.poll(); report != null; report = posted.poll()) {
            report.run();
        }
    }
}
