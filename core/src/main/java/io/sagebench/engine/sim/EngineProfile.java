package io.sagebench.engine.sim;

/// What a simulated engine is made of.
///
/// @param name       stable, for example `llama3-8b-a100`
/// @param model      the model's name
/// @param maxNumSeqs the most sequences in a batch
public record EngineProfile(String name, String model, int maxNumSeqs) {}
