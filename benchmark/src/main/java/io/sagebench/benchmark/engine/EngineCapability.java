package io.sagebench.benchmark.engine;

import java.util.Locale;

/// What an engine can do that not every one can.
public enum EngineCapability {
    /// Sends tokens as they are made, so that their times can be told.
    STREAMING,
    /// Gives up on a request whose connection is closed.
    CANCELLATION,
    /// Takes prompts as token numbers at `/v1/completions`.
    TOKEN_ID_PROMPTS,
    /// Goes on to the asked length (`ignore_eos`).
    IGNORE_EOS,
    /// Takes `top_k` and `repetition_penalty`, which are no fields of OpenAI's.
    FURTHER_SAMPLING,
    /// Draws the same tokens for the same `seed`.
    SEED,
    /// Tells a text's tokens at `/tokenize`.
    TOKENIZE,
    /// Tells its own figures at `/metrics`.
    METRICS,
    /// Runs in this process and needs no URL.
    IN_PROCESS;

    /// The stable name in files.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
