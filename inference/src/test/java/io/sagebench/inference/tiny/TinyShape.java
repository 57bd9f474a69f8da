package io.sagebench.inference.tiny;

/// The sizes of a tiny model and how its graph is cut.
///
/// @param hidden    width; a multiple of `heads`
/// @param heads     attention heads
/// @param kvHeads   heads of keys and values; a divisor of `heads`
/// @param layers    blocks
/// @param positions the longest context
/// @param cut       how the graph is cut
public record TinyShape(int hidden, int heads, int kvHeads, int layers, int positions, Cut cut) {
    /// The language model that ships.
    public static final TinyShape DECODER = new TinyShape(64, 4, 4, 2, 2048, Cut.PLAIN);
    /// The text encoder that ships.
    public static final TinyShape ENCODER = new TinyShape(64, 4, 4, 2, 512, Cut.PLAIN);

    /// How a graph is cut.
    public enum Cut {
        /// As exporters do now: one graph, past of any length.
        PLAIN,
        /// Positions counted inside, from the length of the past.
        NO_POSITION_IDS,
        /// One file with two graphs, chosen by `use_cache_branch`: without a past, and with one.
        MERGED,
        /// Keys and values as 16-bit floats.
        HALF_CACHE,
        /// Logits of the last token only, by `num_logits_to_keep`.
        LAST_LOGITS,
        /// Weights in a file beside.
        EXTERNAL_WEIGHTS,
        /// No past at all.
        NO_PAST
    }

    /// Numbers per head.
    public int headSize() {
        return hidden / heads;
    }

    /// The same, cut in another way.
    public TinyShape with(Cut other) {
        return new TinyShape(hidden, heads, kvHeads, layers, positions, other);
    }

    /// The same with fewer heads of keys and values.
    public TinyShape withKvHeads(int number) {
        return new TinyShape(hidden, heads, number, layers, positions, cut);
    }

    /// The same in another width.
    public TinyShape withHidden(int width) {
        return new TinyShape(width, heads, kvHeads, layers, positions, cut);
    }
}
