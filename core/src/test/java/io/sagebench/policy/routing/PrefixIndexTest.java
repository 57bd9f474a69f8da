package io.sagebench.policy.routing;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.PromptContent;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.FakeEngine;
import io.sagebench.policy.Waiting;
import io.sagebench.request.RequestId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixIndexTest {
    private static final int BLOCK = 4;

    private final PrefixIndex index = new PrefixIndex(BLOCK);

    /// Prompts of random paths through a small tree, more engines than a word has bits, caches of a few blocks: what it says of every engine is what
    /// a list of its last used blocks would say.
    @ParameterizedTest
    @ValueSource(ints = {3, 70})
    void saysOfEveryEngineWhatAListOfItsLastUsedBlocksWouldSay(int count) {
        var chance = new SplittableRandom(count);
        List<FakeEngine> engines = IntStream.range(0, count)
                .mapToObj(i -> anEngine("e" + i).kvTokens(BLOCK * (5L + i % 7)))
                .toList();
        List<Map<List<Integer>, Boolean>> expected = new ArrayList<>();
        engines.forEach(_ -> expected.add(new LinkedHashMap<>(16, 0.75f, true)));
        for (int round = 0; round < 3_000; round++) {
            int[] tokens = new int[chance.nextInt(1, 8 * BLOCK)];
            Arrays.setAll(tokens, i -> i % BLOCK == 0 ? chance.nextInt(2) : i);
            List<List<Integer>> prefixes = prefixesOf(tokens);
            index.look(prompt(round, tokens));
            assertThat(index.blocks()).isEqualTo(prefixes.size());
            for (int i = 0; i < count; i++) {
                var has = expected.get(i).keySet();
                assertThat((long) index.matchedBlocks(engines.get(i))).isEqualTo(prefixes.stream().takeWhile(has::contains).count());
            }
            int to = chance.nextInt(count);
            index.record(engines.get(to));
            var blocks = expected.get(to);
            prefixes.reversed().forEach(prefix -> blocks.put(prefix, true));
            int capacity = 5 + to % 7;
            while (blocks.size() > capacity) {
                blocks.remove(blocks.keySet().iterator().next());
            }
        }
        long distinct = expected.stream().flatMap(blocks -> blocks.keySet().stream()).distinct().count();
        assertThat(index.size()).isEqualTo(distinct);
    }

    @Test
    void enginesThatWereRemovedAreForgotten() {
        int[] tokens = {1, 2, 3, 4, 5, 6, 7, 8};
        var a = anEngine("a");
        var b = anEngine("b");
        record(tokens, a, b);
        index.forgetRemoved(aPoolOf(a, b));
        assertThat(index.engines()).isEqualTo(2);
        index.forgetRemoved(aPoolOf(b));
        assertThat(index.engines()).isEqualTo(1);
        EngineView back = anEngine("a");
        index.look(prompt(1, tokens));
        assertThat(index.matchedBlocks(back)).isZero();
        assertThat(index.matchedBlocks(b)).isEqualTo(2);
        index.record(back);
        index.forgetRemoved(aPoolOf());
        assertThat(index.size()).isZero();
    }

    /// Its breaker is open, or it drains: what it has cached it still has when it comes back.
    @Test
    void anEngineOutOfServiceIsNotForgotten() {
        int[] tokens = {1, 2, 3, 4, 5, 6, 7, 8};
        var a = anEngine("a");
        var b = anEngine("b");
        record(tokens, a, b);
        index.forgetRemoved(aPoolOf(a, b).without("a"));
        index.look(prompt(1, tokens));
        assertThat(index.matchedBlocks(a)).isEqualTo(2);
    }

    private void record(int[] tokens, EngineView... engines) {
        for (EngineView engine : engines) {
            index.look(prompt(0, tokens));
            index.record(engine);
        }
    }

    @Test
    void promptsThatNobodySharesAndTextsToEmbedAreNotRemembered() {
        index.look(aRequest(0).tokens(100, 1).saying(PromptContent.unshared(new RequestId("r"))).build());
        index.record(anEngine("a"));
        index.look(aRequest(1).embedding(100).build());
        index.record(anEngine("a"));
        assertThat(index.size()).isZero();
        assertThat(index.engines()).isZero();
    }

    @Test
    void onlyTheFirst128BlocksOfAPromptCount() {
        index.look(aRequest(0).tokens(100_000, 1).build());
        assertThat(index.blocks()).isEqualTo(128);
    }

    private static Waiting prompt(long number, int[] tokens) {
        return aRequest(number).tokens(tokens.length, 1).saying(PromptContent.ofTokens(tokens)).build();
    }

    private static List<List<Integer>> prefixesOf(int[] tokens) {
        var prefixes = new ArrayList<List<Integer>>();
        for (int end = BLOCK; end <= tokens.length; end += BLOCK) {
            prefixes.add(Arrays.stream(tokens, 0, end).boxed().toList());
        }
        return prefixes;
    }
}
