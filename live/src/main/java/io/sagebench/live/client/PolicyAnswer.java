package io.sagebench.live.client;

import java.util.OptionalLong;

/// What a control plane answered to the wish to switch policies.
public sealed interface PolicyAnswer {

    /// The policy is in force.
    ///
    /// @param epoch counts switches, when the server says it: ours does
    record Active(OptionalLong epoch) implements PolicyAnswer {}

    /// The server declined.
    ///
    /// @param status  of HTTP
    /// @param message why, in the server's words
    record Refused(int status, String message) implements PolicyAnswer {}

    /// There was no answer.
    record Unreachable(String message) implements PolicyAnswer {}
}
