package io.sagebench.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sagebench.inference.hub.OnnxGraphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A folder in the layout of Hugging Face with the ONNX files of a common exporter: Optimum's, or that of transformers.js with its `onnx` folder.
///
/// @param folder where it is
/// @param graph  the ONNX file to run, by its path within
record ModelFolder(Path folder, String graph) implements ModelFiles {
    /// The files that a model needs beside its graph.
    static final List<String> NEEDED = List.of("config.json", "tokenizer.json");

    /// Finds what is needed.
    ///
    /// @param wanted the graph to run, by its path within the folder; absent for the most exact one
    /// @throws UnusableModelException when something is missing; the message names all that is
    static ModelFolder of(Path folder, Optional<String> wanted) throws UnusableModelException {
        if (!Files.isDirectory(folder)) {
            throw new UnusableModelException(folder + " is no folder. " + howToMake(folder));
        }
        List<String> missing = new ArrayList<>(NEEDED);
        missing.removeIf(file -> Files.isRegularFile(folder.resolve(file)));
        Optional<String> graph = wanted.isPresent()
                ? wanted.filter(file -> Files.isRegularFile(folder.resolve(file)))
                : firstOf(folder);
        if (graph.isEmpty()) {
            missing.add(wanted.orElse("model.onnx (or " + String.join(", ", OnnxGraphs.NAMES.subList(1, 3)) + ", ..., also in onnx/)"));
        }
        if (!missing.isEmpty()) {
            throw new UnusableModelException(folder + " lacks " + String.join(" and ", missing) + ". " + split(folder) + howToMake(folder));
        }
        return new ModelFolder(folder, graph.orElseThrow());
    }

    /// The command that makes such a folder, as a sentence.
    static String howToMake(Path folder) {
        return "This makes the files of a model ID of Hugging Face: optimum-cli export onnx --model ID --task text-generation-with-past "
                + folder + " (for embeddings: --task feature-extraction)";
    }

    @Override
    public String name() {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        return last == null ? "model" : last.toString();
    }

    @Override
    public String place(String file) {
        return folder.resolve(file).toString();
    }

    @Override
    public Optional<byte[]> read(String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.isRegularFile(path) ? Optional.of(Files.readAllBytes(path)) : Optional.empty();
    }

    @Override
    public OrtSession open(OrtEnvironment runtime, OrtSession.SessionOptions options) throws OrtException {
        return runtime.createSession(place(graph), options);
    }

    private static Optional<String> firstOf(Path folder) {
        for (String graph : OnnxGraphs.NAMES) {
            for (String subfolder : OnnxGraphs.FOLDERS) {
                if (Files.isRegularFile(folder.resolve(subfolder + graph))) {
                    return Optional.of(subfolder + graph);
                }
            }
        }
        return Optional.empty();
    }

    /// Exports of old come in two files, of which neither can do without the other.
    private static String split(Path folder) {
        boolean isSplit = OnnxGraphs.FOLDERS.stream().anyMatch(sub -> Files.isRegularFile(folder.resolve(sub + "decoder_with_past_model.onnx")));
        return isSplit ? "decoder_model.onnx and decoder_with_past_model.onnx, as older exporters write them, are not run; export it anew. " : "";
    }
}
