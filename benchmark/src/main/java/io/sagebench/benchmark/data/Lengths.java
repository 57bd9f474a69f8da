package io.sagebench.benchmark.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Lengths in tokens, for their percentiles.
final class Lengths {
    private int[] lengths = new int[1024];
    private int size;
    private boolean sorted = true;

    void add(int tokens) {
        if (size == lengths.length) {
            lengths = Arrays.copyOf(lengths, size * 2);
        }
        lengths[size++] = tokens;
        sorted = false;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// The titles of [#cells].
    static final List<String> TITLES = List.of("Tokens", "Mean", "Min", "p50", "p90", "p99", "Max", "Sum");

    /// Nearest rank, so that each is a length that occurs.
    List<String> cells(String title) {
        if (!sorted) {
            Arrays.sort(lengths, 0, size);
            sorted = true;
        }
        long sum = Arrays.stream(lengths, 0, size).asLongStream().sum();
        return List.of(
                title,
                String.format(Locale.ROOT, "%.1f", (double) sum / size),
                text(lengths[0]),
                text(rank(0.5)),
                text(rank(0.9)),
                text(rank(0.99)),
                text(lengths[size - 1]),
                Long.toString(sum));
    }

    private int rank(double share) {
        return lengths[Math.max(0, (int) Math.ceil(share * size) - 1)];
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
