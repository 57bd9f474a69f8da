package io.sagebench.engine;

/// What an engine that computes, rather than takes the time that computing would take, needs besides the job, and where it puts what it made:
/// the payload of its jobs. Except for the two that read, all methods are called on the timeline.
public interface RealText extends Payload {

    /// The prompt, or the text to embed, in the model's own tokens; not empty, not to be changed.
    int[] promptTokens();

    /// How each next token is picked.
    Sampling sampling();

    /// The answer's next token, right before the [EngineEvents#tokens] that counts it.
    ///
    /// @param token its number
    /// @param text  what it adds to the text: nothing while a character is incomplete
    void said(int token, String text);

    /// The text's embedding, right before [EngineEvents#finished].
    void embedded(float[] vector);
}
