package io.sagebench.controlplane;

/// What became of the wish to add an engine, take it out of service, bring it back or remove it.
public sealed interface EngineChange {

    /// It is so, or has begun: draining takes time.
    ///
    /// @param engine the engine as it is now, or was when it left
    record Done(EngineStatus engine) implements EngineChange {}

    /// Nothing changed: no engine has that id.
    record Unknown(String message) implements EngineChange {}

    /// Nothing changed: the state of the engine does not allow it.
    record Refused(String message) implements EngineChange {}
}
