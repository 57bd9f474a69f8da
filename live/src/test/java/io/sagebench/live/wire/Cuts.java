package io.sagebench.live.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;

/// Feeds the same bytes cut in different ways. Each piece lies amid other bytes in an array that is overwritten after use, as a socket's
/// buffer would be.
public final class Cuts {
    private static final int MARGIN = 3;

    /// Takes one piece.
    @FunctionalInterface
    public interface Feeder {
        void feed(byte[] bytes, int from, int to);
    }

    private Cuts() {}

    /// Asserts that `reading`, which is given a way to feed pieces and says what came of it, says the same wherever `bytes` are cut in two,
    /// when they come byte by byte, and when they are cut at chance places; returns what it says.
    public static <T> T sameWhereverCut(byte[] bytes, Function<Pieces, T> reading) {
        T whole = reading.apply(new Pieces(bytes));
        for (int cut = 1; cut < bytes.length; cut++) {
            assertThat(reading.apply(new Pieces(bytes, cut))).as("cut at byte %d", cut).isEqualTo(whole);
        }
        int[] everywhere = new int[Math.max(0, bytes.length - 1)];
        Arrays.setAll(everywhere, i -> i + 1);
        assertThat(reading.apply(new Pieces(bytes, everywhere))).as("byte by byte").isEqualTo(whole);
        var chance = new SplittableRandom(7);
        for (int round = 0; round < 50 && bytes.length > 1; round++) {
            int[] some = chance.ints(5, 1, bytes.length).sorted().distinct().toArray();
            assertThat(reading.apply(new Pieces(bytes, some))).as("cut at %s", Arrays.toString(some)).isEqualTo(whole);
        }
        return whole;
    }

    /// Bytes and where they are cut.
    public static final class Pieces {
        private final byte[] bytes;
        private final int[] cuts;

        /// @param bytes all of them
        /// @param cuts  where they are cut, ascending
        public Pieces(byte[] bytes, int... cuts) {
            this.bytes = bytes;
            this.cuts = cuts;
        }

        /// Feeds the pieces in their order.
        public void feedTo(Feeder feeder) {
            int from = 0;
            for (int cut : cuts) {
                feed(feeder, from, cut);
                from = cut;
            }
            feed(feeder, from, bytes.length);
        }

        private void feed(Feeder feeder, int from, int to) {
            byte[] window = new byte[to - from + 2 * MARGIN];
            Arrays.fill(window, (byte) '\n');
            System.arraycopy(bytes, from, window, MARGIN, to - from);
            feeder.feed(window, MARGIN, MARGIN + to - from);
            Arrays.fill(window, (byte) '?');
        }
    }
}
