package io.sagebench.benchmark.config;

import io.sagebench.live.net.BearerToken;
import java.util.Map;
import java.util.Optional;

/// Finds secrets by the names of environment variables: a file names the variable, and never holds the secret.
final class Secrets {
    private final Map<String, String> environment;

    Secrets(Map<String, String> environment) {
        this.environment = environment;
    }

    /// The secret in the variable that a key names; absent when the key is not there, or when it is told to be wrong.
    Optional<BearerToken> token(FieldGroup fields, String key) {
        Optional<String> variable = fields.text(key, "the name of an environment variable");
        if (variable.isEmpty()) {
            return Optional.empty();
        }
        if (!variable.get().matches("[A-Za-z_][A-Za-z0-9_]*")) {
            fields.wrong(key, "must be the name of an environment variable, never the secret itself"); // which it may be: not shown
            return Optional.empty();
        }
        String secret = environment.getOrDefault(variable.get(), "");
        if (secret.isEmpty()) {
            fields.wrong(key, "names the environment variable " + variable.get() + ", which is not set");
            return Optional.empty();
        }
        if (!secret.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            fields.wrong(key, "names the environment variable " + variable.get()
                    + ", which must hold visible ASCII characters without spaces");
            return Optional.empty();
        }
        return Optional.of(new BearerToken(secret));
    }
}
