package io.sagebench.inference;

import io.sagebench.request.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A model in memory, ready to run: its graph, its tokenizer, and what its configuration says. Safe for use by any thread, but only one
/// [CpuEngine] runs it at a time.
@SuppressWarnings("DoNotCallSuggester")
public final class LoadedModel implements AutoCloseable {

    /// What a model makes of tokens.
    public enum Kind {
        /// The next token.
        DECODER,
        /// An embedding.
        ENCODER
    }

    private LoadedModel() {}

    /// Reads a folder in the layout of Hugging Face with the ONNX files of a common exporter.
    ///
    /// @throws UnusableModelException when it cannot be run; the message says why and what to do
    public static LoadedModel read(Path folder, CpuEngineSettings settings) throws UnusableModelException {
        throw new UnusableModelException(folder + " cannot be read yet");
    }

    /// The language model that ships with the program: two layers of GPT-2 with random weights. What it says means nothing; what it costs to
    /// compute is real.
    public static LoadedModel tiny(CpuEngineSettings settings) {
        throw new UnsupportedOperationException("not yet");
    }

    /// The text encoder that ships with the program: two layers of BERT with random weights.
    public static LoadedModel tinyEncoder(CpuEngineSettings settings) {
        throw new UnsupportedOperationException("not yet");
    }

    /// What it is called: the last part of its folder's name, or `sage-tiny` and `sage-tiny-embed`.
    public String name() {
        throw new UnsupportedOperationException("not yet");
    }

    /// What it makes of tokens.
    public Kind kind() {
        throw new UnsupportedOperationException("not yet");
    }

    /// Its tokenizer, without the tokens that its conventions put around a text; see [#inputTokens].
    public Tokenizer tokenizer() {
        throw new UnsupportedOperationException("not yet");
    }

    /// The tokens of a plain text as the model wants them: with those that its conventions put around it, such as a begin token or `[CLS]` and
    /// `[SEP]`. For plain prompts and texts to embed; a chat template brings its own. Slow, as [HfTokenizer] is. At least one token.
    public int[] inputTokens(String text) {
        throw new UnsupportedOperationException("not yet");
    }

    /// The most tokens of prompt and answer together, or of one text.
    public int contextTokens() {
        throw new UnsupportedOperationException("not yet");
    }

    /// Tokens it knows: it takes and gives those from 0 to one less.
    public int vocabularySize() {
        throw new UnsupportedOperationException("not yet");
    }

    /// The tokens that end an answer.
    public Set<Integer> eosTokens() {
        throw new UnsupportedOperationException("not yet");
    }

    /// The template its makers give for chats (Jinja); absent when they give none.
    public Optional<String> chatTemplate() {
        throw new UnsupportedOperationException("not yet");
    }

    /// The texts of special tokens by the names that `tokenizer_config.json` has for them, for example `bos_token`.
    public Map<String, String> specialTokens() {
        throw new UnsupportedOperationException("not yet");
    }

    /// What the engine can do with it, and what not, one line each, for people.
    public List<String> capabilities() {
        throw new UnsupportedOperationException("not yet");
    }

    /// Frees the native memory. No engine may still run it.
    @Override
    public void close() {
        throw new UnsupportedOperationException("not yet");
    }
}
