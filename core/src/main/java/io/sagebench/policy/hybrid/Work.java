package io.sagebench.policy.hybrid;

/// The two kinds of work that share an engine.
enum Work {
    /// Answers to prompts.
    PROMPTS,
    /// Embeddings of texts.
    TEXTS;

    /// The other kind.
    Work other() {
        return this == PROMPTS ? TEXTS : PROMPTS;
    }
}
