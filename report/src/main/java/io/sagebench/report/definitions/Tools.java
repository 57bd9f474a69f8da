package io.sagebench.report.definitions;

import java.util.List;
import java.util.Optional;

/// The tools whose definitions are known.
public final class Tools {
    private static final List<ToolDefinition> ALL = List.of(
            new VllmDefinition(),
            new SglangDefinition(),
            new GuidellmDefinition(),
            new AiperfDefinition(),
            new InferencePerfDefinition(),
            new LlmperfDefinition(),
            new MlperfDefinition());

    private Tools() {}

    /// The tool of this name.
    public static Optional<ToolDefinition> named(String name) {
        return ALL.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    /// Their names.
    public static List<String> names() {
        return ALL.stream().map(ToolDefinition::name).toList();
    }
}
