package io.sagebench.benchmark;

import java.net.URI;

/// What is measured.
public sealed interface Target {

    /// A control plane at an address: exactly that one, or the run fails.
    record Http(URI url) implements Target {}

    /// The shipped control plane with simulated engines, started in this process and driven over loopback HTTP.
    record Embedded() implements Target {}

    /// The same, in virtual time, without sockets.
    record Simulated() implements Target {}

    /// A control plane at the usual address if one answers there, else [Embedded].
    ///
    /// @param usual where to look
    record Automatic(URI usual) implements Target {}
}
