package io.sagebench.journal;

import io.sagebench.request.Check;
import java.util.OptionalInt;

/// What came back for texts to embed.
///
/// @param count      how many vectors
/// @param dimensions how many numbers each has; absent when that could not be seen
public record Vectors(int count, OptionalInt dimensions) {
    public Vectors {
        Check.notNegative(count, "count");
    }
}
