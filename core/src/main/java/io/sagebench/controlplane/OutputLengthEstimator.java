package io.sagebench.controlplane;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Predicts how long answers get: a quantile of the recent answers to requests alike in model, tenant and prompt length. It errs on the long
/// side, because a deadline judged too loosely is missed. For scheduling the order of the predictions matters more than their size (Fu et
/// al., Efficient LLM Scheduling by Learning to Rank, NeurIPS 2024).
final class OutputLengthEstimator {
    private static final int WINDOW = 128;
    private static final double QUANTILE = 0.75;
    private static final int PRIOR = 256;
    private static final int MOST_KINDS = 4096;

    private record Kind(String model, Optional<String> tenant, int promptBucket) {}

    private final Map<Kind, RecentLengths> kinds = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, RecentLengths> eldest) {
            return size() > MOST_KINDS;
        }
    };

    /// The expected length of an answer of at most `maxTokens` tokens.
    int predict(String model, Optional<String> tenant, int promptTokens, int maxTokens) {
        RecentLengths recent = kinds.get(kind(model, tenant, promptTokens));
        int expected = recent == null ? PRIOR : recent.quantile(QUANTILE);
        return Math.max(1, Math.min(maxTokens, expected));
    }

    void observe(String model, Optional<String> tenant, int promptTokens, int outputTokens) {
        kinds.computeIfAbsent(kind(model, tenant, promptTokens), _ -> new RecentLengths())
                .add(outputTokens);
    }

    /// Prompt lengths alike to a factor of two share a bucket.
    private static Kind kind(String model, Optional<String> tenant, int promptTokens) {
        return new Kind(model, tenant, 32 - Integer.numberOfLeadingZeros(promptTokens));
    }

    /// The last few lengths, in the order they came and sorted.
    private static final class RecentLengths {
        private final int[] inOrder = new int[WINDOW];
        private final int[] sorted = new int[WINDOW];
        private int size;
        private int next;

        void add(int length) {
            if (size == WINDOW) {
                int gone = position(inOrder[next]);
                System.arraycopy(sorted, gone + 1, sorted, gone, size - gone - 1);
                size--;
            }
            int place = position(length);
            System.arraycopy(sorted, place, sorted, place + 1, size - place);
            sorted[place] = length;
            size++;
            inOrder[next] = length;
            next = (next + 1) % WINDOW;
        }

        int quantile(double share) {
            return sorted[(int) Math.ceil(share * (size - 1))];
        }

        private int position(int length) {
            int found = Arrays.binarySearch(sorted, 0, size, length);
            return found >= 0 ? found : -found - 1;
        }
    }
}
