package io.sagebench.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.Payload;
import io.sagebench.engine.Sampling;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.EngineStats;
import io.sagebench.engine.sim.SequenceReport;
import io.sagebench.engine.sim.SequenceReport.Ending;
import io.sagebench.inference.tiny.PlainDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CpuEngineTest {
    private static final PlainDecoder PLAIN = PlainDecoder.shipped();
    private static final CpuEngineSettings SMALL_CHUNKS = CpuEngineSettings.DEFAULTS.withPrefillChunkTokens(16).withMaxConcurrent(4);

    private RunningEngine running = RunningEngine.tiny(SMALL_CHUNKS);

    @AfterEach
    void nothingIsLeft() {
        running.engine.close();
        assertThat(running.openCaches()).isZero();
        assertThat(running.timeline.broken).isNotDone();
        running.close();
    }

    @Test
    void saysWhatThePlainComputationSays() {
        int[] prompt = prompt(1, 23);
        var asked = Asked.greedy(prompt);
        running.ask(asked, 20);
        assertThat(asked.result()).isEqualTo(new EngineResult(23, 0, 20));
        assertThat(asked.tokens).hasSize(20).isEqualTo(PLAIN.likeliest(prompt, asked.tokens));
        assertThat(asked.counted).isEqualTo(20);
        assertThat(asked.text()).isEqualTo(running.model.tokenizer().decode(asked.tokens.stream().mapToInt(i -> i).toArray()));
    }

    @Test
    void aBatchOfDifferentLengthsSaysWhatEachSaysAlone() {
        var alone = new ArrayList<List<Integer>>();
        for (int i = 0; i < 9; i++) {
            var asked = asked(i);
            running.ask(asked, 10 + 7 * i);
            asked.result();
            alone.add(asked.tokens);
        }
        var together = IntStream.range(0, 9).mapToObj(CpuEngineTest::asked).toList();
        for (int i = 0; i < 9; i++) {
            running.ask(together.get(i), 10 + 7 * i);
        }
        for (int i = 0; i < 9; i++) {
            together.get(i).result();
            assertThat(together.get(i).tokens).as("request %d", i).isEqualTo(alone.get(i));
            assertThat(together.get(i).afterEnd).isZero();
        }
        assertThat(running.stats().steps()).isLessThan(2L * IntStream.range(0, 9).map(i -> 10 + 7 * i).sum());
    }

    /// Prompts of 3 to 59 tokens, every other one sampled.
    private static Asked asked(int i) {
        var sampling = i % 2 == 0 ? Sampling.GREEDY : new Sampling(0.9, 0.95, 50, 1.1, i, true);
        return new Asked(sampling, List.of(prompt(i, 3 + 7 * i)));
    }

    @Test
    void theSameSeedGivesTheSameTokensAndAnotherOthers() {
        var first = sampled(5);
        var again = sampled(5);
        var other = sampled(6);
        assertThat(again).isEqualTo(first).hasSize(30);
        assertThat(other).isNotEqualTo(first);
    }

    private List<Integer> sampled(long seed) {
        var asked = new Asked(new Sampling(1, 1, 0, 1, seed, true), List.of(prompt(3, 12)));
        running.ask(asked, 30);
        asked.result();
        return asked.tokens;
    }

    @Test
    void aCancelledRequestStopsAndTheOthersGoOn() throws InterruptedException {
        var cancelled = Asked.greedy(prompt(1, 10));
        var other = Asked.greedy(prompt(2, 30));
        EngineWork work = running.ask(cancelled, 2000);
        running.ask(other, 100);
        cancelled.firstToken.await();
        running.cancel(work);
        int heard = running.timeline.call(() -> cancelled.counted);
        other.result();
        assertThat(other.tokens).hasSize(100).isEqualTo(PLAIN.likeliest(prompt(2, 30), other.tokens));
        assertThat(cancelled.counted).isEqualTo(heard).isLessThan(2000);
        assertThat(cancelled.isOver()).isFalse();
        assertThat(running.stats().running()).isZero();
    }

    @Test
    void whoCancelsFromWithinATokenHearsNothingMore() {
        var asked = Asked.greedy(prompt(1, 10));
        asked.onToken = () -> {
            if (asked.counted == 3) { // within the last one, even
                asked.work().cancel();
            }
        };
        running.ask(asked, 3);
        var after = Asked.greedy(prompt(2, 5));
        running.ask(after, 5);
        after.result();
        assertThat(running.timeline.call(() -> asked.counted)).isEqualTo(3);
        assertThat(asked.isOver()).isFalse();
    }

    @Test
    void theWorkBeforeTheFirstTokenGrowsWithThePrompt() {
        long[] steps = new long[3];
        int[] lengths = {16, 64, 512};
        for (int i = 0; i < 3; i++) {
            var computed = new ArrayList<Integer>();
            running.timeline.call(() -> {
                running.engine.observe(observer(computed, new ArrayList<>()));
                return true;
            });
            var asked = Asked.greedy(prompt(i, lengths[i]));
            running.ask(asked, 1);
            asked.result();
            steps[i] = computed.size();
            assertThat(computed.stream().mapToInt(tokens -> tokens).sum()).isEqualTo(lengths[i]);
        }
        assertThat(steps).containsExactly(1, 4, 32); // chunks of 16
    }

    @Test
    void othersDecodeWhileALongPromptIsComputed() throws InterruptedException {
        var talking = Asked.greedy(prompt(1, 5));
        running.ask(talking, 400);
        talking.firstToken.await();
        var long_ = Asked.greedy(prompt(2, 1000));
        int[] saidBefore = new int[1];
        int[] saidAtFirst = new int[1];
        running.timeline.call(() -> saidBefore[0] = talking.counted);
        long_.onToken = () -> saidAtFirst[0] = saidAtFirst[0] == 0 ? talking.counted : saidAtFirst[0];
        running.ask(long_, 2);
        long_.result();
        talking.result();
        assertThat(saidAtFirst[0] - saidBefore[0]).isGreaterThanOrEqualTo(Math.min(60, 400 - saidBefore[0])); // of its 63 chunks
        assertThat(talking.tokens).hasSize(400).isEqualTo(PLAIN.likeliest(prompt(1, 5), talking.tokens));
    }

    @Test
    void countsWhatItDoes() {
        var reports = new ArrayList<SequenceReport>();
        var computed = new ArrayList<Integer>();
        running.timeline.call(() -> {
            running.engine.observe(observer(computed, reports));
            return true;
        });
        var asked = Asked.greedy(prompt(1, 20));
        running.ask(asked, 5);
        asked.result();
        EngineStats stats = running.stats();
        assertThat(stats.running()).isZero();
        assertThat(stats.waiting()).isZero();
        assertThat(stats.steps()).isEqualTo(2 + 4);
        assertThat(stats.promptTokens()).isEqualTo(20);
        assertThat(stats.generatedTokens()).isEqualTo(5);
        assertThat(stats.kvUsage()).isZero();
        assertThat(computed).containsExactly(16, 4, 1, 1, 1, 1);
        assertThat(reports).hasSize(1);
        SequenceReport report = reports.getFirst();
        assertThat(report.ending()).isEqualTo(Ending.FINISHED);
        assertThat(report.outputTokens()).isEqualTo(5);
        assertThat(report.admittedAtNanos().orElseThrow()).isBetween(report.queuedAtNanos(), report.firstTokenAtNanos().orElseThrow());
        assertThat(report.lastTokenAtNanos().orElseThrow()).isGreaterThan(report.firstTokenAtNanos().orElseThrow());
    }

    @Test
    void showsWhoRunsWhoWaitsAndWhatTheyHold() throws InterruptedException {
        var all = IntStream.range(0, 6).mapToObj(i -> Asked.greedy(prompt(i, 10))).toList();
        var works = all.stream().map(asked -> running.ask(asked, 2000)).toList();
        for (int i = 0; i < 4; i++) {
            all.get(i).firstToken.await();
        }
        EngineStats stats = running.stats();
        CpuLoad load = running.engine.load();
        assertThat(stats.running()).isEqualTo(4);
        assertThat(stats.waiting()).isEqualTo(2);
        assertThat(stats.kvUsage()).isPositive().isLessThan(1);
        assertThat(load.kvTokens()).isGreaterThanOrEqualTo(40);
        assertThat(load.kvBytes()).isGreaterThanOrEqualTo(40 * 2 * 2 * 64 * Float.BYTES);
        works.forEach(running::cancel);
        assertThat(running.stats().running() + running.stats().waiting()).isZero();
    }

    @Test
    void goesOnAfterSleepWhereItStopped() throws InterruptedException {
        var asked = Asked.greedy(prompt(4, 10));
        var awake = new java.util.concurrent.CountDownLatch(50);
        asked.onToken = awake::countDown;
        running.ask(asked, 300);
        awake.await();
        running.timeline.call(() -> {
            running.engine.sleep();
            return true;
        });
        assertThat(running.stats().asleep()).isTrue();
        while (running.openCaches() > 0) {
            Thread.onSpinWait();
        }
        assertThat(asked.isOver()).isFalse();
        running.timeline.call(() -> {
            running.engine.wake();
            return true;
        });
        asked.result();
        assertThat(asked.tokens).hasSize(300).isEqualTo(PLAIN.likeliest(prompt(4, 10), asked.tokens));
    }

    @Test
    void refusesWhatItCannotCompute() {
        var without = Asked.greedy(1, 2, 3);
        running.askWith(Payload.NONE, without);
        assertThat(without.failure().status()).isEqualTo(400);
        assertThat(without.failure().message()).contains("needs the prompt itself");

        var tooLong = Asked.greedy(prompt(1, 2000));
        running.ask(tooLong, 100);
        assertThat(tooLong.failure().message()).contains("maximum context length is 2048 tokens, but 2100 were asked for (2000 in the prompt");

        var unknown = Asked.greedy(5, 1024);
        running.ask(unknown, 1);
        assertThat(unknown.failure().message()).contains("no token 1024").contains("0 to 1023");

        var embedding = Asked.greedy(5);
        running.embed(embedding);
        assertThat(embedding.failure().message()).contains("does not support embeddings");
    }

    @Test
    void fillsTheContextToItsLastToken() {
        var asked = Asked.greedy(prompt(1, 2040));
        running.ask(asked, 8);
        assertThat(asked.result().outputTokens()).isEqualTo(8);
    }

    @Test
    void nothingLeaksOverAThousandRequests() {
        var random = new SplittableRandom(7);
        for (int round = 0; round < 100; round++) {
            var asked = new ArrayList<Asked>();
            for (int i = 0; i < 10; i++) {
                var one = Asked.greedy(prompt(i, 1 + random.nextInt(40)));
                EngineWork work = running.ask(one, 1 + random.nextInt(6));
                if (random.nextInt(5) == 0) {
                    running.cancel(work);
                } else {
                    asked.add(one);
                }
            }
            asked.forEach(Asked::result);
            assertThat(running.openCaches()).isLessThanOrEqualTo(2 * 4 + 2);
        }
        var last = Asked.greedy(1);
        running.ask(last, 1);
        last.result();
        while (running.openCaches() > 0) { // the thread frees the last one right after it has told of its end
            Thread.onSpinWait();
        }
        assertThat(running.engine.load()).isEqualTo(CpuLoad.IDLE);
    }

    @Test
    void closingInTheMiddleFreesAllAndTellsNothing() throws InterruptedException {
        var asked = Asked.greedy(prompt(1, 10));
        running.ask(asked, 2000);
        asked.firstToken.await();
        running.engine.close();
        running.engine.close();
        assertThat(running.openCaches()).isZero();
        assertThat(running.timeline.call(asked::isOver)).isFalse();
    }

    private static EngineObserver observer(List<Integer> computed, List<SequenceReport> reports) {
        return new EngineObserver() {
            @Override
            public void stepped(int scheduledTokens) {
                computed.add(scheduledTokens);
            }

            @Override
            public void ended(SequenceReport report) {
                reports.add(report);
            }
        };
    }

    private static int[] prompt(long seed, int length) {
        return new SplittableRandom(seed).ints(length, 0, 1023).toArray();
    }
}
