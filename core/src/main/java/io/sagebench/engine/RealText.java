package io.sagebench.engine;

import java.util.List;

/// What an engine that computes, rather than takes the time that computing would take, needs besides the job, and where it puts what it made:
/// the payload of its jobs. Except for those that read, all methods are called on the timeline.
public interface RealText extends Payload {

    /// The prompt, or the only text to embed, in the model's own tokens; not empty, not to be changed.
    int[] promptTokens();

    /// The texts to embed, each in the model's own tokens and not empty: as many as the job has.
    default List<int[]> texts() {
        return List.of(promptTokens());
    }

    /// How each next token is picked.
    Sampling sampling();

    /// The answer's next token, right before the [EngineEvents#tokens] that counts it.
    ///
    /// @param token its number
    /// @param text  what it adds to the text: nothing while a character is incomplete
    void said(int token, String text);

    /// The embedding of the next text, in their order, right before [EngineEvents#finished].
    void embedded(float[] vector);
}
