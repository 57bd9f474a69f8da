package io.sagebench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.random.Mix;
import java.util.HashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockIndexTest {

    /// Hashes that collide in their low bits as well as well-mixed ones, against a map of the library.
    @ParameterizedTest
    @ValueSource(ints = {4, 10, 64})
    void findsWhatAMapWouldFind(int bits) {
        var chance = new SplittableRandom(bits);
        var index = new BlockIndex();
        var map = new HashMap<Long, Integer>();
        for (int i = 0; i < 50_000; i++) {
            long number = 1 + chance.nextLong(2_000);
            long hash = bits == 64 ? Mix.of(number) : number << (10 - Math.min(10, bits));
            int block = chance.nextInt(50);
            switch (chance.nextInt(3)) {
                case 0 -> {
                    index.put(hash, block);
                    map.put(hash, block);
                }
                case 1 -> {
                    index.remove(hash, block);
                    map.remove(hash, block);
                }
                default -> assertThat(index.find(hash)).isEqualTo(map.getOrDefault(hash, BlockIndex.NONE));
            }
        }
        assertThat(map).isNotEmpty();
        map.forEach((hash, block) -> assertThat(index.find(hash)).isEqualTo(block));
        index.clear();
        map.keySet().forEach(hash -> assertThat(index.find(hash)).isEqualTo(BlockIndex.NONE));
    }
}
