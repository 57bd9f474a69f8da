package io.sagebench.benchmark.engine;

import io.sagebench.inference.CpuEngineSettings;
import io.sagebench.inference.LoadedModel;
import io.sagebench.inference.UnusableModelException;
import io.sagebench.request.Check;
import java.nio.file.Path;

/// Which model to run on the CPU.
///
/// @param name `sage-tiny` or `sage-tiny-embed`, which ship with the program, or the folder of another
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

    /// Reads it into memory.
    ///
    /// @throws UnusableModelException when it cannot be run; the message says why and what to do
    public LoadedModel open(CpuEngineSettings settings) throws UnusableModelException {
        return switch (name) {
            case TINY -> LoadedModel.tiny(settings);
            case TINY_ENCODER -> LoadedModel.tinyEncoder(settings);
            default -> LoadedModel.read(Path.of(name), settings);
        };
    }
}
