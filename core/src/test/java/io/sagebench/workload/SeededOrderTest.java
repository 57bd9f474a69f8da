package io.sagebench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeededOrderTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 16, 17, 200, 4097})
    void eachNumberComesOnceInARound(long size) {
        for (long round = 0; round < 3; round++) {
            assertThat(round(new SeededOrder(new Seed(9), size), size, round))
                    .containsExactlyInAnyOrderElementsOf(LongStream.range(0, size).boxed().toList());
        }
    }

    @Test
    void roundsAndSeedsHaveOrdersOfTheirOwn() {
        var order = new SeededOrder(new Seed(1), 100);
        assertThat(round(order, 100, 0)).isNotEqualTo(round(order, 100, 1)).isNotEqualTo(LongStream.range(0, 100).boxed().toList());
        assertThat(round(new SeededOrder(new Seed(2), 100), 100, 0)).isNotEqualTo(round(order, 100, 0));
        assertThat(round(new SeededOrder(new Seed(1), 100), 100, 0)).isEqualTo(round(order, 100, 0));
    }

    @Test
    void eachNumberIsAboutEquallyOftenTheFirst() {
        int[] first = new int[10];
        for (int seed = 0; seed < 10_000; seed++) {
            first[(int) new SeededOrder(new Seed(seed), 10).at(0)]++;
        }
        assertThat(first).satisfies(counts -> assertThat(Arrays.stream(counts)).allSatisfy(count -> assertThat(count).isBetween(850, 1150)));
    }

    @Test
    void aThousandMillionMillionNumbersNeedNoTable() {
        long size = 1_000_000_000_000_000L;
        assertThat(new SeededOrder(new Seed(1), size).at(size - 1)).isBetween(0L, size - 1);
    }

    private static List<Long> round(SeededOrder order, long size, long round) {
        return LongStream.range(round * size, (round + 1) * size).map(order::at).boxed().toList();
    }
}
