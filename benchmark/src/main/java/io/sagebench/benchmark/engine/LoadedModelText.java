package io.sagebench.benchmark.engine;

import io.sagebench.inference.ChatTemplate;
import io.sagebench.inference.LoadedModel;
import io.sagebench.live.server.ModelText;
import io.sagebench.request.ChatTurn;
import io.sagebench.request.Tokenizer;
import java.util.List;
import java.util.Set;

/// What a port must know of a model in memory.
///
/// @param model    in memory for as long as this is used
/// @param template writes its chats
record LoadedModelText(LoadedModel model, ChatTemplate template) implements ModelText {

    @Override
    public Tokenizer tokenizer() {
        return model.tokenizer();
    }

    @Override
    public int vocabularySize() {
        return model.vocabularySize();
    }

    @Override
    public int[] prompt(String text) {
        return model.inputTokens(text);
    }

    /// A template brings the tokens of its conventions itself.
    @Override
    public int[] chat(List<ChatTurn> turns) {
        String text = template.render(turns);
        return template.isPlain() ? model.inputTokens(text) : model.tokenizer().encode(text);
    }

    @Override
    public Set<Integer> endTokens() {
        return model.eosTokens();
    }
}
