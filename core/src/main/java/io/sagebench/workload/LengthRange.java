package io.sagebench.workload;

import io.sagebench.request.Check;
import java.util.SplittableRandom;

/// Lengths in tokens, drawn uniformly from a closed range.
///
/// @param min at least 1
/// @param max at least `min`
public record LengthRange(int min, int max) implements Lengths {
    public LengthRange {
        Check.atLeast(1, min, "the shortest length");
        Check.atLeast(min, max, "the longest length");
    }

    @Override
    public int draw(SplittableRandom chance) {
        return chance.nextInt(min, Math.addExact(max, 1));
    }
}
