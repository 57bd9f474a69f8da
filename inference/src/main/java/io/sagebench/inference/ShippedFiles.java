package io.sagebench.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/// The files of a model that ships with the program.
///
/// @param name   what it is called
/// @param folder its folder beside this class
record ShippedFiles(String name, String folder) implements ModelFiles {
    private static final String GRAPH = "model.onnx";

    @Override
    public String place(String file) {
        return name + "/" + file;
    }

    @Override
    public Optional<byte[]> read(String file) throws IOException {
        try (InputStream in = ShippedFiles.class.getResourceAsStream(folder + "/" + file)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }

    @Override
    public String graph() {
        return GRAPH;
    }

    @Override
    public OrtSession open(OrtEnvironment runtime, OrtSession.SessionOptions options) throws OrtException {
        try {
            return runtime.createSession(read(GRAPH).orElseThrow(), options);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
