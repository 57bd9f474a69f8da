package io.sagebench.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WideSumTest {

    @Test
    void isExactFarBeyondALong() {
        var chance = new SplittableRandom(1);
        var sum = new WideSum();
        BigInteger expected = BigInteger.ZERO;
        for (int i = 0; i < 10_000; i++) {
            long factor = chance.nextLong() >> chance.nextInt(64);
            long other = chance.nextLong() >> chance.nextInt(2, 64);
            sum.addProduct(factor, other);
            expected = expected.add(BigInteger.valueOf(factor).multiply(BigInteger.valueOf(other)));
        }
        assertThat(sum.value()).isEqualTo(expected);
        var twice = new WideSum();
        twice.add(sum);
        twice.add(sum);
        assertThat(twice.value()).isEqualTo(expected.shiftLeft(1));
    }
}
