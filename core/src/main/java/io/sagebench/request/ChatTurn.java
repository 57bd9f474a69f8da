package io.sagebench.request;

/// One message of a chat.
///
/// @param role who says it: `system`, `user`, `assistant` or what else the model knows
/// @param text what is said; may be empty
public record ChatTurn(String role, String text) {
    public ChatTurn {
        Check.notBlank(role, "role");
    }

    /// Not what is said: descriptions of requests end up in logs.
    @Override
    public String toString() {
        return "ChatTurn[" + role + ", " + text.length() + " characters]";
    }
}
