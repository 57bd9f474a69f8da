package io.sagebench.live.client;

import io.sagebench.workload.Wording;
import java.util.Optional;

/// What prompts say, and what becomes of the texts of answers.
///
/// @param wording makes up prompts where they are not given
/// @param answers takes the answers whose tokens the server does not count; absent when nobody wants them
public record ClientTexts(Wording wording, Optional<AnswerTexts> answers) {
    /// The usual words; answers are forgotten.
    public static final ClientTexts USUAL = new ClientTexts(Wording.USUAL, Optional.empty());
}
