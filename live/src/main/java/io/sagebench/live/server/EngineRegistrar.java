package io.sagebench.live.server;

import io.sagebench.engine.Engine;
import java.util.List;

/// Makes engines of what an operator registers while a control plane runs.
public interface EngineRegistrar {

    /// Makes the engines that a registration describes; they are not part of any control plane yet. Blocks while the server is asked; not for a
    /// timeline or an event loop.
    ///
    /// @param json an object with the keys of an engine in a cluster file
    Registration make(String json);

    /// What came of a registration.
    sealed interface Registration {
        /// They are there, and belong to the caller, who closes those that can be closed.
        record Made(List<Engine> engines) implements Registration {}

        /// The registration makes no sense.
        ///
        /// @param problems all that is wrong with it
        record Invalid(List<String> problems) implements Registration {}

        /// The server is not there.
        record Unreachable(String message) implements Registration {}
    }
}
