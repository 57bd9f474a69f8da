package io.sagebench.engine.stepped;

import io.sagebench.engine.EngineId;

/// A rule by which cards that several models share are driven.
public interface TokenScheduling {

    /// A fresh scheduler for one card.
    ///
    /// @param engine the engine the card belongs to
    /// @param card   what it may do
    TokenScheduler schedulerFor(EngineId engine, CardOperations card);
}
