package io.sagebench.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sagebench.engine.EngineSpeed;
import io.sagebench.request.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A model in memory, ready to run: its graph, its tokenizer, and what its configuration says. Safe for use by any thread, but only one
/// [CpuEngine] runs it at a time.
public final class LoadedModel implements AutoCloseable {
    /// Exporters and trainers round the vocabulary up; more than this share that no tokenizer can name belongs to another model.
    private static final double MOST_UNNAMED = 0.1;

    /// What a model makes of tokens.
    public enum Kind {
        /// The next token.
        DECODER,
        /// An embedding.
        ENCODER
    }

    private final String name;
    private final ModelGraph graph;
    private final ModelConfig config;
    private final HfTokenizer tokenizer;
    private final int contextTokens;
    private final EngineSpeed speed;

    private LoadedModel(
            String name, ModelGraph graph, ModelConfig config, HfTokenizer tokenizer, int contextTokens, EngineSpeed speed) {
        this.name = name;
        this.graph = graph;
        this.config = config;
        this.tokenizer = tokenizer;
        this.contextTokens = contextTokens;
        this.speed = speed;
    }

    /// Reads a folder in the layout of Hugging Face with the ONNX files of a common exporter.
    ///
    /// @throws UnusableModelException when it cannot be run; the message says why and what to do
    public static LoadedModel read(Path folder, CpuEngineSettings settings) throws UnusableModelException {
        try {
            return load(ModelFolder.of(folder, settings.onnxFile()), settings);
        } catch (UnusableModelException known) {
            throw known;
        } catch (IOException broken) {
            throw new UnusableModelException(folder + " cannot be read: " + broken.getMessage(), broken);
        }
    }

    /// The language model that ships with the program: two layers of GPT-2 with random weights. What it says means nothing; what it costs to
    /// compute is real.
    public static LoadedModel tiny(CpuEngineSettings settings) {
        return shipped(new ShippedFiles("sage-tiny", "tiny/decoder"), settings);
    }

    /// The text encoder that ships with the program: two layers of BERT with random weights.
    public static LoadedModel tinyEncoder(CpuEngineSettings settings) {
        return shipped(new ShippedFiles("sage-tiny-embed", "tiny/encoder"), settings);
    }

    private static LoadedModel shipped(ShippedFiles files, CpuEngineSettings settings) {
        try {
            return load(files, settings);
        } catch (IOException broken) {
            throw new UncheckedIOException("the model " + files.name() + " ships with the program and must be readable", broken);
        }
    }

    private static LoadedModel load(ModelFiles files, CpuEngineSettings settings) throws IOException {
        ModelConfig config = ModelConfig.read(files);
        byte[] tokenizerFile = files.read("tokenizer.json").orElseThrow();
        OrtSession session = OnnxRuntime.open(files, settings.threads());
        HfTokenizer tokenizer = null;
        try {
            tokenizer = HfTokenizer.read(files.place("tokenizer.json"), new ByteArrayInputStream(tokenizerFile));
            ModelGraph graph = session.getOutputNames().contains(DecoderGraph.LOGITS)
                    ? new DecoderGraph(files, session, config)
                    : new EncoderGraph(files, session, config);
            requireSameVocabulary(files, config.tokens(), graph.vocabulary());
            int own = config.contextTokens().orElseThrow(() -> new UnusableModelException(files.place("config.json")
                    + " does not say how long the context is (max_position_embeddings, n_positions)"));
            int usable = graph instanceof EncoderGraph ? Math.min(own, config.longestText().orElse(own)) : own; // RoBERTa counts positions from 2 on
            int context = Math.min(usable, settings.contextTokens().orElse(usable));
            return new LoadedModel(files.name(), graph, config, tokenizer, context, FirstRun.measure(graph, context));
        } catch (OrtException refused) {
            close(session, tokenizer);
            throw new UnusableModelException(files.place(files.graph()) + " was read, but does not run: " + refused.getMessage(), refused);
        } catch (IOException | RuntimeException failed) {
            close(session, tokenizer);
            throw failed;
        }
    }

    private static void close(OrtSession session, @org.jspecify.annotations.Nullable HfTokenizer tokenizer) {
        if (tokenizer != null) {
            tokenizer.close();
        }
        closeGraph(session);
    }

    private static void closeGraph(AutoCloseable graph) {
        try {
            graph.close();
        } catch (Exception broken) {
            throw new IllegalStateException("ONNX Runtime could not free a model", broken);
        }
    }

    private static void requireSameVocabulary(ModelFiles files, int tokens, int vocabulary) throws UnusableModelException {
        if (tokens == 0) {
            throw new UnusableModelException(files.place("tokenizer.json") + " has no vocabulary: it is no tokenizer of the Hugging Face library");
        }
        if (tokens > vocabulary || tokens < vocabulary * (1 - MOST_UNNAMED)) {
            throw new UnusableModelException(files.place("tokenizer.json") + " does not belong to " + files.place(files.graph())
                    + ": it has tokens up to " + (tokens - 1) + ", but the model knows " + vocabulary + "; both must come from the same model");
        }
    }

    /// What it is called: the last part of its folder's name, or `sage-tiny` and `sage-tiny-embed`.
    public String name() {
        return name;
    }

    /// What it makes of tokens.
    public Kind kind() {
        return graph instanceof DecoderGraph ? Kind.DECODER : Kind.ENCODER;
    }

    /// Its tokenizer, without the tokens that its conventions put around a text; see [#inputTokens].
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /// The tokens of a plain text as the model wants them: with those that its conventions put around it, such as a begin token or `[CLS]` and
    /// `[SEP]`. For plain prompts and texts to embed; a chat template brings its own. Slow, as [HfTokenizer] is.
    public int[] inputTokens(String text) {
        return tokenizer.encodeWhole(text);
    }

    /// The most tokens of prompt and answer together, or of one text.
    public int contextTokens() {
        return contextTokens;
    }

    /// Tokens it knows: it takes and gives those from 0 to one less.
    public int vocabularySize() {
        return graph.vocabulary();
    }

    /// The tokens that end an answer.
    public Set<Integer> eosTokens() {
        return config.eosTokens();
    }

    /// The template its makers give for chats (Jinja); absent when they give none.
    public Optional<String> chatTemplate() {
        return config.chatTemplate();
    }

    /// The texts of special tokens by the names that `tokenizer_config.json` has for them, for example `bos_token`.
    public Map<String, String> specialTokens() {
        return config.specialTokens();
    }

    /// What the engine can do with it, and what not, one line each, for people.
    public List<String> capabilities() {
        var lines = new ArrayList<String>();
        switch (graph) {
            case DecoderGraph decoder -> {
                lines.add("chat and completions, streamed token by token, greedy or sampled with a seed");
                lines.add("cancels a request at its next token");
                lines.add(decoder.mixesLengths()
                        ? "batches requests of any lengths"
                        : "batches only requests whose contexts are equally long: its graph takes no position_ids or no attention_mask");
                lines.add(decoder.hasBranches() ? "computes each prompt in one step" : "computes long prompts in chunks between the steps of others");
                lines.add("no embeddings");
            }
            case EncoderGraph encoder -> {
                lines.add("embeddings by " + encoder.pooling().kind() + " pooling" + (encoder.pooling().normalised() ? ", normalised" : ""));
                lines.add(encoder.mixesLengths()
                        ? "batches texts of any lengths"
                        : "batches only texts that are equally long: its graph takes no attention_mask");
                lines.add("no chat and no completions");
            }
        }
        return lines;
    }

    /// Its graph, for the engine that runs it.
    ModelGraph graph() {
        return graph;
    }

    /// How fast it was in its first steps here.
    EngineSpeed speed() {
        return speed;
    }

    /// The text of one answer, token by token.
    ///
    /// @param prompt the last tokens before it
    Detokenizer detokenizer(int[] prompt) {
        return new Detokenizer(tokenizer::decodePlain, prompt);
    }

    /// Frees the native memory. No engine may still run it.
    @Override
    public void close() {
        tokenizer.close();
        closeGraph(graph);
    }
}
