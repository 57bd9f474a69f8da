package io.sagebench.report.engine.rank;

import io.sagebench.report.engine.EngineJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What stands beside a leaderboard so that a damaged or changed copy is noticed: the file `leaderboard_manifest.json`.
///
/// @param schema  what the manifest is, and in which version
/// @param file    name of the leaderboard, in the same directory
/// @param sha256  of the leaderboard's bytes
/// @param entries how many it has
public record LeaderboardManifest(String schema, String file, String sha256, long entries) {
    /// Its own schema.
    public static final String SCHEMA = "sage-bench-leaderboard-manifest/v1";
    /// The name it always has.
    public static final String FILE = "leaderboard_manifest.json";

    /// Of a leaderboard.
    public static LeaderboardManifest of(String file, byte[] content, Leaderboard leaderboard) {
        return new LeaderboardManifest(SCHEMA, file, Sha256.of(content), leaderboard.entries().size());
    }

    /// The file.
    public String text() {
        var json = new LinkedHashMap<String, Object>();
        json.put("schema_version", schema);
        json.put("file", file);
        json.put("file_schema_version", Leaderboard.SCHEMA);
        json.put("sha256", sha256);
        json.put("entries", entries);
        return EngineJson.text(json);
    }

    /// Reads one; absent when it is no JSON object. What it lacks is blank, or -1 entries, which match nothing.
    public static Optional<LeaderboardManifest> read(String text) {
        try {
            JsonNode tree = JsonMapper.shared().readTree(text);
            return tree.isObject()
                    ? Optional.of(new LeaderboardManifest(
                            tree.path("schema_version").asString(""),
                            tree.path("file").asString(""),
                            tree.path("sha256").asString(""),
                            tree.path("entries").asLong(-1)))
                    : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /// In what it does not fit a leaderboard; empty when it does.
    public List<String> differences(LeaderboardManifest truth) {
        var differences = new ArrayList<String>();
        differ(differences, "schema_version", schema, truth.schema);
        differ(differences, "file", file, truth.file);
        differ(differences, "sha256", sha256, truth.sha256);
        differ(differences, "entries", Long.toString(entries), Long.toString(truth.entries));
        return List.copyOf(differences);
    }

    private static void differ(List<String> differences, String name, String here, String there) {
        if (!here.equals(there)) {
            differences.add(FILE + ": " + name + " is '" + here + "', but should be '" + there + "'");
        }
    }
}
