package io.sagebench.workload;

import java.util.SplittableRandom;

/// A rule for whole numbers of tokens, or of texts, to be drawn from. Immutable.
public sealed interface Lengths permits LengthRange, LengthChoice {

    /// One number, at least [#min] and at most [#max].
    int draw(SplittableRandom chance);

    /// The least it gives, at least 1.
    int min();

    /// The most it gives.
    int max();
}
