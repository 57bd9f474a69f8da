package io.sagebench.inference.hub;

import java.nio.file.Path;
import java.util.Optional;

/// A model that is on this machine.
public sealed interface FoundModel {

    /// The tiny model that comes with the program.
    ///
    /// @param insteadOf the model that was asked for, where this one stands in for it; reports must say so
    record Shipped(Optional<String> insteadOf) implements FoundModel {}

    /// A folder with the files of a model, in Hugging Face's layout.
    ///
    /// @param name   the model as it was asked for
    /// @param folder holds its files
    record InFolder(String name, Path folder) implements FoundModel {}
}
