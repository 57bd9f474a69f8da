package io.sagebench.inference.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which files of a repository a model needs here: one ONNX export, and the small files beside it.
final class NeededFiles {
    private static final Set<String> SMALL = Set.of(
            "config.json",
            "generation_config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "chat_template.jinja",
            "modules.json",
            "1_Pooling/config.json");

    private NeededFiles() {}

    /// Those of `all`; absent when there is no ONNX export among them.
    static Optional<List<HubFile>> of(List<HubFile> all) {
        return graph(all).map(graph -> {
            var needed = new ArrayList<HubFile>();
            for (HubFile file : all) {
                boolean isPartOfGraph = file.path().equals(graph)
                        || file.path().startsWith(graph + "_data")
                        || file.path().startsWith(graph + ".data");
                if (isPartOfGraph || SMALL.contains(file.path()) || isBesideInOnnxFolder(file.path())) {
                    needed.add(file);
                }
            }
            return List.copyOf(needed);
        });
    }

    /// Whether a folder of the cache, by the paths in it, holds an export.
    static Optional<String> graphAmong(Set<String> paths) {
        for (String name : OnnxGraphs.NAMES) {
            for (String folder : OnnxGraphs.FOLDERS) {
                if (paths.contains(folder + name)) {
                    return Optional.of(folder + name);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> graph(List<HubFile> all) {
        return graphAmong(Set.copyOf(all.stream().map(HubFile::path).toList()));
    }

    /// Some repositories keep the configuration of their export with it.
    private static boolean isBesideInOnnxFolder(String path) {
        return path.startsWith("onnx/") && SMALL.contains(path.substring("onnx/".length()));
    }
}
