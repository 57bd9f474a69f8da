package io.sagebench.request;

import java.util.Optional;

/// Who asks.
///
/// @param tenant  between whom capacity is shared fairly, when said
/// @param session the conversation the request belongs to, when said: its requests have prompts in common
public record Caller(Optional<String> tenant, Optional<String> session) {
    /// Nobody in particular.
    public static final Caller UNKNOWN = new Caller(Optional.empty(), Optional.empty());

    /// That tenant, in no session.
    public static Caller tenant(String name) {
        return new Caller(Optional.of(name), Optional.empty());
    }
}
