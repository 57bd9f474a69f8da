package io.sagebench.engine.sim.embedding;

/// One text inside the engine. Two texts are never the same.
final class Text {
    private final TextJob of;
    private final int tokens;

    Text(TextJob of, int tokens) {
        this.of = of;
        this.tokens = tokens;
    }

    /// The job it belongs to.
    TextJob of() {
        return of;
    }

    int tokens() {
        return tokens;
    }
}
