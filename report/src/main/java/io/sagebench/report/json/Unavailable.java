package io.sagebench.report.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Finds what a tree of JSON does not know: the paths of its nulls.
final class Unavailable {
    /// What servers said of themselves, which is not ours to judge; and groups that say themselves why something is not known.
    private static final Set<String> OPAQUE = Set.of("control_plane_metrics", "health", "confidence", "steady");

    private final List<String> paths = new ArrayList<>();

    private Unavailable() {}

    /// The path of each null below `tree`, each beginning with `path`. A group of which nothing is known is named once.
    static List<String> in(ObjectNode tree, String path) {
        var unavailable = new Unavailable();
        unavailable.look(tree, path);
        return unavailable.paths;
    }

    private void look(ObjectNode tree, String path) {
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
            String below = path + "." + entry.getKey();
            if (entry.getValue().isNull()) {
                paths.add(below);
            } else if (entry.getValue() instanceof ObjectNode group && !OPAQUE.contains(entry.getKey())) {
                if (isUnknown(group)) {
                    paths.add(below);
                } else {
                    look(group, below);
                }
            }
        }
    }

    /// Whether a group has nothing but nulls, and perhaps its count of samples.
    private static boolean isUnknown(ObjectNode group) {
        boolean anyNull = false;
        for (Map.Entry<String, JsonNode> entry : group.properties()) {
            anyNull |= entry.getValue().isNull();
            if (!entry.getValue().isNull() && !entry.getKey().equals("samples")) {
                return false;
            }
        }
        return anyNull;
    }
}
