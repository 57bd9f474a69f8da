package io.sagebench.live.client;

import java.util.Optional;
import java.util.OptionalLong;

/// What a control plane answered to the wish to switch policies.
public sealed interface PolicyAnswer {

    /// The policy is in force.
    ///
    /// @param epoch    counts switches, when the server says it: ours does
    /// @param degraded how the policy falls short of its rule with the engines there, when the server says so: ours does
    record Active(OptionalLong epoch, Optional<String> degraded) implements PolicyAnswer {
        /// Without a word on falling short.
        public Active(OptionalLong epoch) {
            this(epoch, Optional.empty());
        }
    }

    /// The server declined.
    ///
    /// @param status  of HTTP
    /// @param message why, in the server's words
    record Refused(int status, String message) implements PolicyAnswer {}

    /// There was no answer.
    record Unreachable(String message) implements PolicyAnswer {}
}
