package io.sagebench.engine.sim;

/// What came of looking for a profile by its name.
public sealed interface ProfileLookup {

    /// There is one.
    ///
    /// @param rules what it follows from
    record Found(EngineProfile profile, HardwareRules rules) implements ProfileLookup {}

    /// The GPU at its end is known, but not what stands before.
    record UnknownModel(String model) implements ProfileLookup {}

    /// The model at its beginning is known, but not what comes after.
    record UnknownGpu(String gpu) implements ProfileLookup {}

    /// Model and GPU are known, but cannot go together.
    ///
    /// @param reason for people
    record Impossible(String reason) implements ProfileLookup {}

    /// Nothing of the name is known.
    record Unknown() implements ProfileLookup {}
}
