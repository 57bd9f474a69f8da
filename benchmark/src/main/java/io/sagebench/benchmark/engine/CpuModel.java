package io.sagebench.benchmark.engine;

import io.sagebench.request.Check;

/// Which model to run on the CPU.
///
/// @param name `sage-tiny` or `sage-tiny-embed`, which ship with the program, the folder of another, or the name of a repository
public record CpuModel(String name) {
    /// The language model that ships.
    public static final String TINY = "sage-tiny";
    /// The text encoder that ships.
    public static final String TINY_ENCODER = "sage-tiny-embed";
    /// The language model that ships.
    public static final CpuModel DEFAULT = new CpuModel(TINY);

    public CpuModel {
        Check.notBlank(name, "model");
    }
}
