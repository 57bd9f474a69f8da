package io.sagebench.inference;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Whether the libraries that tokenizers and models on the CPU need work on this machine.
public final class NativeLibraries {
    private static final String SMALLEST_TOKENIZER = "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[],"
            + "\"normalizer\":null,\"pre_tokenizer\":null,\"post_processor\":null,\"decoder\":null,"
            + "\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0},\"unk_token\":\"a\"}}";

    private NativeLibraries() {}

    /// Why tokenizers do not work here; absent when they do.
    public static Optional<String> problemWithTokenizers() {
        byte[] json = SMALLEST_TOKENIZER.getBytes(StandardCharsets.UTF_8);
        try (HfTokenizer tokenizer = HfTokenizer.read("self-test", new ByteArrayInputStream(json))) {
            int counted = tokenizer.encode("a").length;
            return counted == 1 ? Optional.empty() : Optional.of("one token was counted as " + counted);
        } catch (IOException | LinkageError | RuntimeException broken) {
            return Optional.of(broken.toString());
        }
    }

    /// Why models cannot be run on the CPU here; absent when they can.
    public static Optional<String> problemWithModels() {
        try {
            return OnnxRuntime.environment().getVersion().isBlank() ? Optional.of("it tells no version") : Optional.empty();
        } catch (LinkageError | RuntimeException broken) {
            return Optional.of(broken.toString());
        }
    }
}
