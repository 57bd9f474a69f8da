package io.sagebench.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.latency.Latencies;
import io.sagebench.engine.latency.LatencyEngine;
import io.sagebench.engine.latency.LatencyFlags;
import io.sagebench.engine.latency.LatencyProfile;
import io.sagebench.engine.latency.LatencyReading;
import io.sagebench.random.Seed;
import io.sagebench.time.VirtualTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Around an engine whose first token comes after 100 ms, and each further one 10 ms later.
class FaultyEngineTest {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final LatencyEngine inner = engineOn(timeline);
    private final FaultyEngine engine = new FaultyEngine(timeline, inner, FaultPlan.NONE, new Seed(1));
    private final EngineLog log = new EngineLog(timeline, engine);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none                             | 100 token, 110 token, 120 token, 120 finished 3",
                "delay:200ms                      | 300 token, 310 token, 320 token, 320 finished 3",
                "delay:200ms,delay:1s             | 1300 token, 1310 token, 1320 token, 1320 finished 3",
                "error:429                        | 0 ERROR 429",
                "error:model_not_found            | 0 ERROR 404",
                "delay:50ms,error:503             | 50 ERROR 503",
                "reset                            | 0 RESET 502",
                "reset:after=2                    | 100 token, 110 token, 110 RESET 502",
                "truncate:after=1                 | 100 token, 100 CUT_SHORT 502",
                "truncate:after=3                 | 100 token, 110 token, 120 token, 120 CUT_SHORT 502",
                "stream-error:after=2             | 100 token, 110 token, 110 ERROR 500",
                "truncate:after=4                 | 100 token, 110 token, 120 token, 120 finished 3",
                "slow:3x                          | 100 token, 130 token, 160 token, 160 finished 3",
                "slow:25ms                        | 100 token, 125 token, 150 token, 150 finished 3",
                "slow:5ms                         | 100 token, 110 token, 120 token, 120 finished 3",
                "slow:3x,slow:50ms                | 100 token, 150 token, 200 token, 200 finished 3",
                "delay:1s,slow:2x,truncate:after=2| 1100 token, 1120 token, 1120 CUT_SHORT 502",
                "error:503,reset                  | 0 ERROR 503",
                "crash:for=1s                     | 0 RESET 502",
                "delay:30ms,crash:for=1s          | 30 RESET 502",
                "slow:fast                        | 0 ERROR 400",
            })
    void doesWhatTheRequestAsksFor(String hint, String heard) {
        EngineLog.Job job = log.start("a", 3, hint);
        timeline.run();
        assertThat(String.join(", ", job.heard)).isEqualTo(heard);
        assertThat(inner.stats().running()).isZero();
    }

    @Test
    void hangsUntilTheClientGivesUp() {
        EngineLog.Job silent = log.start("a", 3, "hang");
        EngineLog.Job stuck = log.start("b", 3, "hang:after=2");
        timeline.run();
        assertThat(silent.heard).isEmpty();
        assertThat(stuck.heard).containsExactly("100 token", "110 token");
        silent.cancel();
        stuck.cancel();
        timeline.run();
        assertThat(inner.stats().running()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"none", "delay:500ms", "slow:10x", "reset:after=3", "hang:after=1", "error:503"})
    void saysNothingAfterItWasCancelledAndFreesTheEngine(String hint) {
        EngineLog.Job job = log.start("a", 3, hint);
        timeline.at(105_000_000, job::cancel);
        timeline.runUntil(() -> timeline.nowNanos() >= 105_000_000);
        timeline.run();
        assertThat(inner.stats().running()).isZero();
        assertThat(job.heard).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aCrashFailsWhatIsInFlightAndRefusesNewRequestsUntilTheEngineHasRecovered() {
        engine.follow(plan("crash:at=1s,for=2s"));
        var inFlight = new ArrayList<EngineLog.Job>();
        timeline.at(895_000_000, () -> inFlight.add(log.start("running", 300)));
        timeline.at(900_000_000, () -> inFlight.add(log.start("hanging", 1, "hang")));
        timeline.at(990_000_000, () -> inFlight.add(log.start("delayed", 1, "delay:9s")));
        timeline.at(1_500_000_000, () -> inFlight.add(log.start("down", 1)));
        var up = new ArrayList<Boolean>();
        for (long atNanos : new long[] {999_000_000, 1_000_000_001, 2_999_999_999L, 3_000_000_000L}) {
            timeline.at(atNanos, () -> up.add(engine.isUp()));
        }
        timeline.at(3_000_000_000L, () -> inFlight.add(log.start("up", 1)));
        timeline.run();
        assertThat(up).containsExactly(true, false, false, true);
        assertThat(inFlight).extracting(EngineLog.Job::ending)
                .containsExactly("1000 RESET 502", "1000 RESET 502", "1000 RESET 502", "1500 ERROR 503", "3100 finished 1");
        assertThat(inner.stats().running()).isZero();
    }

    @Test
    void aCrashThatARequestAsksForLeavesWithTheRequest() {
        EngineLog.Job leaving = log.start("a", 1, "delay:500ms,crash:for=1s");
        EngineLog.Job staying = log.start("b", 100);
        timeline.at(200_000_000, leaving::cancel);
        timeline.run();
        assertThat(leaving.heard).isEmpty();
        assertThat(staying.ending()).isEqualTo("1090 finished 100");
    }

    @Test
    void aCrashThatARequestAsksForDoesNotOutliveAnEarlierOne() {
        log.start("a", 1, "delay:500ms,crash:for=1s");
        EngineLog.Job first = log.start("b", 1, "delay:300ms,crash:for=100ms");
        var later = new ArrayList<EngineLog.Job>();
        timeline.at(450_000_000, () -> later.add(log.start("c", 1)));
        timeline.run();
        assertThat(first.ending()).isEqualTo("300 RESET 502");
        assertThat(later).extracting(EngineLog.Job::ending).containsExactly("550 finished 1");
    }

    @Test
    void aGapThatIsTooLongToCountNeverEnds() {
        inner.set(latencies("100ms", "24h"));
        EngineLog.Job job = log.start("a", 3, "slow:1000000x");
        runDays(50_000);
        assertThat(job.heard).containsExactly("100 token");
    }

    @Test
    void delaysThatAreTooLongToCountNeverEnd() {
        engine.follow(plan(String.join(",", Collections.nCopies(106_752, "delay:24h")))); // nanoseconds can count 106,751 days
        EngineLog.Job job = log.start("a", 1);
        runDays(50_000);
        assertThat(job.heard).isEmpty();
    }

    private void runDays(long days) {
        long untilNanos = Duration.ofDays(days).toNanos();
        timeline.at(untilNanos, () -> {});
        timeline.runUntil(() -> timeline.nowNanos() >= untilNanos);
    }

    @Test
    void crashesAgainAndAgain() {
        engine.follow(plan("crash:at=10s,every=20s,for=1s"));
        var endings = new ArrayList<String>();
        for (long second = 0; second < 60; second += 5) {
            long at = second * 1_000_000_000 + 500_000_000;
            timeline.at(at, () -> {
                EngineLog.Job job = log.start("x", 1);
                timeline.at(at + 200_000_000, () -> endings.add(job.ending()));
            });
        }
        timeline.runUntil(() -> timeline.nowNanos() >= 60_000_000_000L);
        assertThat(endings).filteredOn(ending -> ending.contains("503")).containsExactly("10500 ERROR 503", "30500 ERROR 503", "50500 ERROR 503");
        engine.follow(FaultPlan.NONE);
        timeline.run();
    }

    @Test
    void aSleepingEngineStaysAsleepThroughACrash() {
        engine.sleep();
        log.start("a", 1, "crash:for=1s");
        timeline.run();
        assertThat(engine.stats().asleep()).isTrue();
    }

    @Test
    void ratesHoldWithinBinomialBounds() {
        // 10,000 requests at 10 %: 1000 expected, standard deviation 30; at 2 %: 200 and 14. Five deviations are allowed.
        engine.follow(plan("error:503@10%,reset@2%,delay:1ms@0.5"));
        List<EngineLog.Job> jobs = startMany(10_000);
        long errors = jobs.stream().filter(job -> job.ending().endsWith("ERROR 503")).count();
        long resets = jobs.stream().filter(job -> job.ending().endsWith("RESET 502")).count();
        assertThat(errors).isBetween(850L, 1150L);
        assertThat(resets).isBetween(196 - 70L, 196 + 70L); // of the 2 %, a tenth has the error instead
        assertThat(jobs).allMatch(EngineLog.Job::isOver);
    }

    @Test
    void theSameSeedFailsTheSameRequestsInAnyOrderAndBesideAnyOtherRule() {
        List<String> failed = failing("error:503@5%", new Seed(7));
        assertThat(failed).isEqualTo(failing("error:503@5%", new Seed(7)));
        assertThat(failing("error:503@5%,delay:1ms@50%", new Seed(7))).isEqualTo(failed);
        assertThat(failing("error:503@20%", new Seed(7))).containsAll(failed).hasSizeGreaterThan(failed.size());
        assertThat(failing("error:503@5%", new Seed(8))).isNotEqualTo(failed);
        assertThat(failing("error:500@5%", new Seed(7))).isNotEqualTo(failed);
    }

    @Test
    void aRequestThatAsksHasOnlyTheFaultsItAsksFor() {
        engine.follow(plan("error:503"));
        EngineLog.Job spared = log.start("a", 1, "none");
        EngineLog.Job struck = log.start("b", 1);
        timeline.run();
        assertThat(spared.ending()).isEqualTo("100 finished 1");
        assertThat(struck.ending()).isEqualTo("0 ERROR 503");
    }

    @Test
    void leavesTheRulesOfOtherEnginesAlone() {
        engine.follow(plan("error:503,engine=engine-2"));
        assertThat(engine.plan().isEmpty()).isTrue();
        engine.follow(plan("error:503,engine=e"));
        assertThat(engine.plan().isEmpty()).isFalse();
    }

    private List<EngineLog.Job> startMany(int count) {
        var jobs = new ArrayList<EngineLog.Job>();
        for (int i = 0; i < count; i++) {
            jobs.add(log.start("request-" + i, 1));
        }
        timeline.run();
        return jobs;
    }

    private static List<String> failing(String faults, Seed seed) {
        var timeline = new VirtualTimeline();
        var engine = new FaultyEngine(timeline, engineOn(timeline), plan(faults), seed);
        var log = new EngineLog(timeline, engine);
        var failed = new ArrayList<String>();
        for (int i = 0; i < 1000; i++) {
            String id = "request-" + i;
            EngineLog.Job job = log.start(id, 1);
            timeline.run();
            if (job.ending().contains("ERROR")) {
                failed.add(id);
            }
        }
        return failed;
    }

    private static FaultPlan plan(String text) {
        return ((FaultReading.Read) FaultText.plan(text)).plan();
    }

    private static LatencyEngine engineOn(VirtualTimeline timeline) {
        var profile = new LatencyProfile(100_000, 0, 1_000, Optional.empty());
        return new LatencyEngine(
                timeline, new EngineId("e"), ServedModels.of("m"), profile, latencies("100ms", "10ms"), new Seed(1));
    }

    private static Latencies latencies(String firstToken, String interToken) {
        var flags = Map.of("time-to-first-token", firstToken, "inter-token-latency", interToken);
        return ((LatencyReading.Read) LatencyFlags.changed(Latencies.NONE, flags)).latencies();
    }
}
