package io.sagebench.live.server;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes prompts of what requests hold.
interface Prompts {
    /// Estimates how many tokens a text has, four characters each.
    Prompts ESTIMATED = new Prompts() {
        @Override
        public Prompt text(String text) {
            return Prompt.of(text);
        }

        @Override
        public Prompt tokens(int[] tokens, String path) {
            return Prompt.of(tokens);
        }

        @Override
        public Prompt chat(@Nullable JsonNode messages) throws BadRequest {
            return ChatMessages.prompt(messages);
        }
    };

    /// A text.
    ///
    /// @throws BadRequest when it says nothing to the model
    Prompt text(String text) throws BadRequest;

    /// Tokens by their numbers.
    ///
    /// @param tokens not empty, not to be changed any more
    /// @param path   tells people where they stand
    /// @throws BadRequest when the model has no such tokens
    Prompt tokens(int[] tokens, String path) throws BadRequest;

    /// The `messages` of a chat.
    ///
    /// @throws BadRequest when they are not chat messages of text
    Prompt chat(@Nullable JsonNode messages) throws BadRequest;
}
