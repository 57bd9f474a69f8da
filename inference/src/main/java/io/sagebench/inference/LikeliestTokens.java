package io.sagebench.inference;

/// Finds the likeliest tokens one after another without sorting all: a heap of the others. Of equally likely ones, the lower number comes first.
final class LikeliestTokens {
    private final int[] heap;
    private float[] weights = {};
    private int size;

    LikeliestTokens(int vocabulary) {
        heap = new int[vocabulary];
    }

    /// Begins anew.
    ///
    /// @param ofTokens as many as the vocabulary; not to be changed while tokens are found
    void of(float[] ofTokens) {
        weights = ofTokens;
        size = heap.length;
        for (int token = 0; token < size; token++) {
            heap[token] = token;
        }
        for (int at = size / 2 - 1; at >= 0; at--) {
            sink(at);
        }
    }

    /// Finds one more. Returns whether there was one.
    boolean findNext() {
        if (size == 0) {
            return false;
        }
        int found = heap[0];
        heap[0] = heap[--size];
        heap[size] = found; // found ones stand behind the heap
        sink(0);
        return true;
    }

    int foundCount() {
        return heap.length - size;
    }

    /// The one found at that place, from 0 on.
    int found(int place) {
        return heap[heap.length - 1 - place];
    }

    private void sink(int from) {
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], heap[at])) {
                return;
            }
            int token = heap[at];
            heap[at] = heap[child];
            heap[child] = token;
            at = child;
        }
    }

    private boolean isBefore(int token, int other) {
        return weights[token] > weights[other] || (weights[token] == weights[other] && token < other);
    }
}
