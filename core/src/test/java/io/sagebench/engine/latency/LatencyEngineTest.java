package io.sagebench.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.Payload;
import io.sagebench.engine.PromptContent;
import io.sagebench.engine.ReadFirst;
import io.sagebench.engine.RemotePrefill;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.SequenceReport;
import io.sagebench.random.Mix;
import io.sagebench.random.Seed;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.time.FarTime;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyEngineTest {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final Map<String, Heard> heard = new HashMap<>();
    private Payload payload = Payload.NONE;

    @Test
    void takesTheTimeToTheFirstTokenAndThenOneGapForEachFurtherToken() {
        LatencyEngine engine = engine(5, 0, "time-to-first-token", "200ms", "inter-token-latency", "10ms");
        start(engine, "a", 100, 4);
        timeline.run();
        assertThat(heard("a").tokenMillis).containsExactly(200.0, 210.0, 220.0, 230.0);
        assertThat(heard("a").result).contains(new EngineResult(100, 0, 4));
        assertThat(engine.stats().generatedTokens()).isEqualTo(4);
        assertThat(engine.stats().promptTokens()).isEqualTo(100);
    }

    @Test
    void reckonsThePrefillByTokenWithoutAConstant() {
        String[] both = {"prefill-overhead", "50ms", "prefill-time-per-token", "2", "time-to-first-token", "200ms"};
        assertThat(firstTokenMillis("prefill-overhead", "50ms", "prefill-time-per-token", "2")).isEqualTo(250);
        assertThat(firstTokenMillis(both)).isEqualTo(200);
        assertThat(firstTokenMillis(and(both, "latency-calculator", "per-token"))).isEqualTo(250);
        assertThat(firstTokenMillis("prefill-overhead", "50ms", "latency-calculator", "constant")).isZero();
    }

    @Test
    void fetchesTheCacheOfAPromptThatAnotherEngineHasComputed() {
        payload = new Elsewhere();
        assertThat(firstTokenMillis("time-to-first-token", "1s", "kv-cache-transfer-latency", "30ms")).isEqualTo(30);
        assertThat(firstTokenMillis("time-to-first-token", "1s", "kv-cache-transfer-time-per-token", "1ms")).isEqualTo(100);
    }

    @Test
    void countsTheTimeInWhichARequestWasReadAndNoOther() {
        payload = (ReadFirst) () -> 3_000_000L;
        LatencyEngine engine = engine(1, 2, "time-to-first-token", "40ms", "inter-token-latency", "12ms");
        timeline.at(103_000_000, () -> { // 100 ms of it something held the job back after it had been read, such as an injected delay
            start(engine, "a", 10, 2);
            start(engine, "b", 10, 1);
        });
        timeline.run();
        assertThat(heard("a").tokenMillis).containsExactly(140.0, 152.0);
        assertThat(heard("b").tokenMillis).as("waited for a slot, so it counts from when it got one").containsExactly(192.0);
    }

    @Test
    void queuesWhatFindsNoSlotAndRefusesWhatFindsNoPlaceInTheQueue() {
        LatencyEngine engine = engine(1, 1, "time-to-first-token", "100ms");
        start(engine, "a", 10, 1);
        start(engine, "b", 10, 1);
        start(engine, "c", 10, 1);
        timeline.run();
        assertThat(heard("a").tokenMillis).containsExactly(100.0);
        assertThat(heard("b").tokenMillis).containsExactly(200.0);
        assertThat(heard("c").failure.orElseThrow().status()).isEqualTo(429);
    }

    @Test
    void isSlowerTheMoreRequestsRun() {
        // One of three slots: factor 1. Two: 1 + (4 - 1) * 1/2 = 2.5. Three: 4.
        LatencyEngine engine = engine(3, 9, "time-to-first-token", "100ms", "time-factor-under-load", "4");
        start(engine, "a", 10, 1);
        start(engine, "b", 10, 1);
        start(engine, "c", 10, 1);
        timeline.run();
        assertThat(heard("a").tokenMillis).containsExactly(100.0);
        assertThat(heard("b").tokenMillis).containsExactly(250.0);
        assertThat(heard("c").tokenMillis).containsExactly(400.0);
    }

    @Test
    void whatTakesLongerThanNanosecondsCanCountIsNeverDoneRatherThanAtOnce() {
        var largeContext = new LatencyProfile(1, 0, 300_000, Optional.empty());
        start(engine(largeContext, "prefill-time-per-token", "24h"), "a", 106_752, 1); // 106,751 days are the most that nanoseconds can count
        String[] flags = {"time-to-first-token", "1s", "inter-token-latency", "24h", "time-factor-under-load", "999999"};
        LatencyEngine underLoad = engine(2, 0, flags);
        start(underLoad, "b", 10, 3);
        start(underLoad, "c", 10, 3);
        timeline.run();
        double farthest = FarTime.FARTHEST_NANOS / 1e6;
        assertThat(heard("a").tokenMillis).containsExactly(farthest);
        assertThat(heard("b").tokenMillis).containsExactly(1_000.0, farthest, farthest);
    }

    @Test
    void drawsTimesAroundTheMeanAndNeverFarFromIt() {
        LatencyEngine engine = engine(
                10_000, 0, "time-to-first-token", "100ms", "time-to-first-token-std-dev", "30ms");
        for (int i = 0; i < 5_000; i++) {
            start(engine, "r" + i, 10, 1);
        }
        timeline.run();
        double[] times = heard.values().stream().mapToDouble(one -> one.tokenMillis.getFirst()).toArray();
        double mean = Arrays.stream(times).average().orElseThrow();
        double variance = Arrays.stream(times).map(time -> (time - mean) * (time - mean)).average().orElseThrow();
        // The standard error of the mean is 30 / sqrt(5000) = 0.42 ms. Clamping at 2.33 deviations takes little from the deviation.
        assertThat(mean).isCloseTo(100, within(2.0));
        assertThat(Math.sqrt(variance)).isBetween(27.5, 30.5);
        assertThat(Arrays.stream(times).allMatch(time -> time >= 30 && time <= 170)).isTrue();
    }

    @Test
    void theSameSeedDrawsTheSameTimes() {
        String[] spread = {"time-to-first-token", "100ms", "time-to-first-token-std-dev", "20ms"};
        assertThat(firstTokenMillis(spread)).isEqualTo(firstTokenMillis(spread)).isNotEqualTo(100);
    }

    @Test
    void aCachedPrefixCostsNothing() {
        LatencyEngine engine = engine(cached(100), "prefill-time-per-token", "1ms");
        PromptContent same = (from, to) -> Mix.of(from, to);
        start(engine, "a", 100, 1, same);
        timeline.run();
        start(engine, "b", 100, 1, same);
        timeline.run();
        start(engine, "c", 100, 1, PromptContent.unique(3));
        timeline.run();
        // 100 tokens are six full blocks of 16 and four tokens.
        assertThat(heard("a").tokenMillis).containsExactly(100.0);
        assertThat(heard("b").tokenMillis).containsExactly(100.0 + 4);
        assertThat(heard("b").result).contains(new EngineResult(100, 96, 1));
        assertThat(heard("c").tokenMillis).containsExactly(100.0 + 4 + 100);
        assertThat(engine.stats().prefixQueryTokens()).isEqualTo(300);
        assertThat(engine.stats().prefixHitTokens()).isEqualTo(96);
        assertThat(engine.stats().kvUsage()).isZero();
    }

    @Test
    void countsThePromptTokensThatWereCachedWhenItCountsThePromptTokens() {
        LatencyEngine engine = engine(cached(100), "time-to-first-token", "100ms");
        PromptContent same = (from, to) -> Mix.of(from, to);
        start(engine, "a", 100, 1, same);
        timeline.run();
        start(engine, "b", 100, 1, same);
        start(engine, "c", 100, 1, same);
        EngineWork leaving = start(engine, "d", 100, 1, same);
        timeline.runUntil(() -> engine.stats().running() == 3);
        assertThat(engine.stats().prefixHitTokens()).isEqualTo(3 * 96);
        assertThat(engine.stats().promptTokens()).isEqualTo(100);
        assertThat(engine.stats().cachedPromptTokens()).isZero();
        leaving.cancel();
        timeline.run();
        assertThat(engine.stats().prefixHitTokens()).isEqualTo(3 * 96);
        assertThat(engine.stats().promptTokens()).isEqualTo(300);
        assertThat(engine.stats().cachedPromptTokens()).isEqualTo(2 * 96);
    }

    @Test
    void whatWasHeldBeforeItSleptIsNotGivenBackAfterwards() {
        LatencyEngine engine = engine(cached(6), "time-to-first-token", "100ms");
        PromptContent same = (from, to) -> Mix.of(from, to);
        start(engine, "before", 100, 1, same);
        timeline.at(20_000_000, engine::sleep);
        timeline.at(30_000_000, engine::wake);
        timeline.at(50_000_000, () -> start(engine, "after", 100, 1, same));
        timeline.runUntil(() -> heard("before").result.isPresent());
        assertThat(engine.stats().running()).isEqualTo(1);
        assertThat(engine.stats().kvUsage()).isEqualTo(1);
        timeline.run();
        assertThat(engine.stats().kvUsage()).isZero();
        start(engine, "other", 100, 1, PromptContent.unique(2));
        timeline.run();
        start(engine, "again", 100, 1, PromptContent.unique(2));
        timeline.run();
        assertThat(heard("again").result).contains(new EngineResult(100, 96, 1));
    }

    @Test
    void theLongestUnusedPrefixGoesWhenRoomIsNeeded() {
        var cache = new PrefixBlocks(4, 10);
        PrefixBlocks.Held old = cache.take(job("old", 20, 1, PromptContent.unique(1)));
        PrefixBlocks.Held recent = cache.take(job("recent", 20, 1, PromptContent.unique(2)));
        assertThat(cache.usage()).isEqualTo(1);
        assertThat(cache.take(job("none left", 20, 1, PromptContent.unique(3))).blocks()).isEmpty();
        cache.release(old);
        cache.release(recent);
        assertThat(cache.usage()).isZero();
        cache.release(cache.take(job("new", 15, 1, PromptContent.unique(4))));
        assertThat(cache.take(job("recent", 20, 1, PromptContent.unique(2))).cachedTokens()).isEqualTo(20);
        assertThat(cache.take(job("old", 20, 1, PromptContent.unique(1))).cachedTokens()).isEqualTo(10);
    }

    @Test
    void sleepsWithoutLosingRequests() {
        LatencyEngine engine = engine(1, 9, "time-to-first-token", "100ms", "inter-token-latency", "10ms");
        start(engine, "a", 10, 2);
        start(engine, "b", 10, 1);
        timeline.at(40_000_000, engine::sleep);
        timeline.at(540_000_000, engine::wake);
        timeline.run();
        assertThat(heard("a").tokenMillis).containsExactly(600.0, 610.0);
        assertThat(heard("b").tokenMillis).containsExactly(710.0);
        assertThat(engine.stats().asleep()).isFalse();
    }

    @Test
    void otherLatenciesHoldFromTheNextTokenOn() {
        LatencyEngine engine = engine(1, 9, "time-to-first-token", "100ms", "inter-token-latency", "10ms");
        start(engine, "a", 10, 3);
        timeline.at(105_000_000, () -> engine.set(latencies("inter-token-latency", "50ms")));
        timeline.run();
        assertThat(heard("a").tokenMillis).containsExactly(100.0, 110.0, 160.0);
    }

    @Test
    void aCancelledRequestFreesItsSlotAndIsReported() {
        LatencyEngine engine = engine(1, 9, "time-to-first-token", "100ms");
        var reports = new ArrayList<SequenceReport>();
        engine.observe(new EngineObserver() {
            @Override
            public void stepped(int scheduledTokens) {}

            @Override
            public void ended(SequenceReport report) {
                reports.add(report);
            }
        });
        EngineWork first = start(engine, "a", 10, 1);
        start(engine, "b", 10, 1);
        timeline.at(50_000_000, first::cancel);
        timeline.run();
        assertThat(heard("a").tokenMillis).isEmpty();
        assertThat(heard("b").tokenMillis).containsExactly(150.0);
        assertThat(reports).extracting(SequenceReport::ending)
                .containsExactly(SequenceReport.Ending.CANCELLED, SequenceReport.Ending.FINISHED);
        assertThat(reports.getLast().queuedAtNanos()).isZero();
        assertThat(reports.getLast().admittedAtNanos()).hasValue(50_000_000);
    }

    @Test
    void refusesWhatNeverFitsAndEmbedsWithoutTokens() {
        LatencyEngine engine = engine(1, 9, "time-to-first-token", "100ms");
        start(engine, "long", 1_000, 25);
        start(engine, "text", 10, 0);
        timeline.run();
        assertThat(heard("long").failure.orElseThrow().message())
                .isEqualTo("this model's maximum context length is 1024 tokens, but 1025 were asked for"
                        + " (1000 in the prompt, 25 to generate)");
        assertThat(heard("text").tokenMillis).isEmpty();
        assertThat(heard("text").result).contains(new EngineResult(10, 0, 0));
    }

    private record Elsewhere() implements RemotePrefill {
        @Override
        public boolean isPrefilledElsewhere() {
            return true;
        }
    }

    private static String[] and(String[] flags, String... more) {
        var all = new ArrayList<>(List.of(flags));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private double firstTokenMillis(String... flags) {
        heard.clear();
        long startNanos = timeline.nowNanos();
        start(engine(5, 0, flags), "a", 100, 1);
        timeline.run();
        return heard("a").tokenMillis.getFirst() - startNanos / 1e6;
    }

    private static Latencies latencies(String... flags) {
        var given = new HashMap<String, String>();
        for (int i = 0; i < flags.length; i += 2) {
            given.put(flags[i], flags[i + 1]);
        }
        return ((LatencyReading.Read) LatencyFlags.changed(Latencies.NONE, given)).latencies();
    }

    private static LatencyProfile cached(int blocks) {
        return new LatencyProfile(5, 0, 1000, Optional.of(new LatencyProfile.Cache(blocks, 16)));
    }

    private LatencyEngine engine(int slots, int queue, String... flags) {
        return engine(new LatencyProfile(slots, queue, 1024, Optional.empty()), flags);
    }

    private LatencyEngine engine(LatencyProfile profile, String... flags) {
        return new LatencyEngine(
                timeline, new EngineId("e"), ServedModels.of("m"), profile, latencies(flags), new Seed(1));
    }

    private EngineWork start(LatencyEngine engine, String id, int promptTokens, int outputTokens) {
        return start(engine, id, promptTokens, outputTokens, PromptContent.unique(1));
    }

    private EngineWork start(LatencyEngine engine, String id, int promptTokens, int outputTokens, PromptContent content) {
        var events = new Heard();
        heard.put(id, events);
        return engine.start(job(id, promptTokens, outputTokens, content), events);
    }

    private EngineJob job(String id, int promptTokens, int outputTokens, PromptContent content) {
        return new EngineJob(new RequestId(id), "m", Priority.NORMAL, promptTokens, outputTokens, content, payload);
    }

    private Heard heard(String id) {
        return Optional.ofNullable(heard.get(id)).orElseThrow();
    }

    private final class Heard implements EngineEvents {
        private final List<Double> tokenMillis = new ArrayList<>();
        private Optional<EngineResult> result = Optional.empty();
        private Optional<EngineFailure> failure = Optional.empty();

        @Override
        public void tokens(int count) {
            LongStream.range(0, count).forEach(_ -> tokenMillis.add(timeline.nowNanos() / 1e6));
        }

        @Override
        public void finished(EngineResult with) {
            result = Optional.of(with);
        }

        @Override
        public void failed(EngineFailure with) {
            failure = Optional.of(with);
        }
    }
}
