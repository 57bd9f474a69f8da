package io.sagebench.benchmark.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the name that was probably meant.
public final class DidYouMean {
    private DidYouMean() {}

    /// The known name nearest to `given`, if one is near: within a third of its letters, counting swaps, and ignoring case and `-` for `_`.
    public static Optional<String> among(Collection<String> known, String given) {
        return known.stream()
                .filter(name -> distance(plain(given), plain(name)) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt(name -> distance(plain(given), plain(name))));
    }

    /// `; did you mean 'x'?`, or nothing.
    public static String hint(Collection<String> known, String given) {
        return among(known, given).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /// Edits from one to the other: insertions, deletions, replacements, and swaps of neighbours (optimal string alignment).
    private static int distance(String one, String other) {
        int[][] edits = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, one, other, i, j);
            }
        }
        return edits[one.length()][other.length()];
    }

    private static int cheapest(int[][] edits, String one, String other, int i, int j) {
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        int best = Math.min(Math.min(edits[i - 1][j], edits[i][j - 1]) + 1, edits[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped = i > 1
                && j > 1
                && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
