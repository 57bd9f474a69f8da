package io.sagebench.inference;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.sagebench.request.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/// A tokenizer from a `tokenizer.json`, as Hugging Face's libraries write it. Slow for the send path (some 30,000 tokens/s): for use ahead of
/// a run, or after it.
public final class HfTokenizer implements Tokenizer, AutoCloseable {
    private static final Map<String, String> PLAIN = Map.of("addSpecialTokens", "false", "truncation", "DO_NOT_TRUNCATE", "padding", "DO_NOT_PAD");

    static {
        // The library would otherwise report its use to its makers on the first call.
        System.setProperty("ai.djl.offline", "true");
    }

    private final String name;
    private final HuggingFaceTokenizer tokenizer;

    private HfTokenizer(String name, HuggingFaceTokenizer tokenizer) {
        this.name = name;
        this.tokenizer = tokenizer;
    }

    /// @param file a `tokenizer.json`, or the folder that holds one
    /// @throws IOException when there is none, or it is not one; the message says which
    public static HfTokenizer read(Path file) throws IOException {
        Path json = Files.isDirectory(file) ? file.resolve("tokenizer.json") : file;
        if (!Files.isRegularFile(json)) {
            throw new IOException(json + " is not there; a tokenizer.json of the Hugging Face tokenizers library is needed");
        }
        try (InputStream in = Files.newInputStream(json)) {
            return read(json.toString(), in);
        }
    }

    /// @param name for reports and messages
    /// @throws IOException when `json` cannot be read or is no tokenizer
    public static HfTokenizer read(String name, InputStream json) throws IOException {
        try {
            return new HfTokenizer(name, HuggingFaceTokenizer.newInstance(json, PLAIN));
        } catch (RuntimeException bad) {
            throw new IOException(name + " is not a tokenizer.json: " + bad.getMessage(), bad);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int[] encode(String text) {
        return Arrays.stream(tokenizer.encode(text, false, false).getIds()).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public String decode(int[] tokens) {
        return tokenizer.decode(Arrays.stream(tokens).asLongStream().toArray(), false);
    }

    /// The tokens of a text with those that the model's conventions put around it.
    int[] encodeWhole(String text) {
        return Arrays.stream(tokenizer.encode(text, true, false).getIds()).mapToInt(Math::toIntExact).toArray();
    }

    /// The text of tokens without that of special ones.
    String decodePlain(int[] tokens) {
        return tokens.length == 0 ? "" : tokenizer.decode(Arrays.stream(tokens).asLongStream().toArray(), true);
    }

    /// Frees the native memory.
    @Override
    public void close() {
        tokenizer.close();
    }
}
