package io.sagebench.policy.routing;

import java.util.random.RandomGenerator;

/// Takes one of several scored engines.
public interface Picker {

    /// The place of the one taken.
    ///
    /// @param scores not negative; only the first `count` of them count
    /// @param count  at least 1
    int pick(double[] scores, int count);

    /// The one with the highest score; among equals by lot.
    static Picker max(RandomGenerator chance) {
        return (scores, count) -> {
            int best = 0;
            int ties = 1;
            for (int i = 1; i < count; i++) {
                if (scores[i] > scores[best]) {
                    best = i;
                    ties = 1;
                } else if (scores[i] == scores[best]) {
                    ties++;
                    if (chance.nextInt(ties) == 0) {
                        best = i;
                    }
                }
            }
            return best;
        };
    }

    /// By lot, each as likely as its score is high; all alike when all scores are 0.
    static Picker weightedRandom(RandomGenerator chance) {
        return (scores, count) -> {
            double total = 0;
            for (int i = 0; i < count; i++) {
                total += scores[i];
            }
            if (total == 0) {
                return chance.nextInt(count);
            }
            double drawn = chance.nextDouble() * total;
            int last = 0;
            for (int i = 0; i < count; i++) {
                if (scores[i] > 0) {
                    last = i;
                    drawn -= scores[i];
                    if (drawn < 0) {
                        return i;
                    }
                }
            }
            return last; // rounding
        };
    }

    /// One of the `most` highest by lot, whatever their scores are. Of equal scores at the limit, those with the smaller place count as higher.
    static Picker topRandom(int most, RandomGenerator chance) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1, but was " + most);
        }
        return (scores, count) -> {
            int rank = chance.nextInt(Math.min(most, count));
            for (int i = 0; i < count; i++) {
                int higher = 0;
                for (int j = 0; j < count; j++) {
                    if (scores[j] > scores[i] || (scores[j] == scores[i] && j < i)) {
                        higher++;
                    }
                }
                if (higher == rank) {
                    return i;
                }
            }
            throw new IllegalStateException("no candidate has rank " + rank);
        };
    }
}
