package io.sagebench.report.engine.rank;

import io.sagebench.report.engine.EngineJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Measurements that others may read and check: the file `leaderboard.json`.
///
/// @param entries each with a key of its own
public record Leaderboard(List<LeaderboardEntry> entries) {
    /// What the file is, and in which version.
    public static final String SCHEMA = "sage-bench-leaderboard/v1";
    /// The name it usually has.
    public static final String FILE = "leaderboard.json";

    private static final String SCHEMA_VERSION = "schema_version";
    private static final String ENTRIES = "entries";
    private static final String MERGE_RULE =
            "Entries with the same key measure the same thing. The one that was measured later replaces the other, whichever has the better figures.";
    private static final JsonMapper STRICT = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    public Leaderboard {
        entries = List.copyOf(entries);
    }

    /// What a text is.
    public sealed interface Reading {
        /// A leaderboard, in order.
        record Valid(Leaderboard leaderboard) implements Reading {}

        /// What is wrong with it, each in a sentence.
        record Broken(List<String> problems) implements Reading {}
    }

    /// What putting entries in did.
    public record Merged(Leaderboard leaderboard, int added, int replaced, int kept) {}

    /// With these put in: a later measurement of the same thing replaces the earlier one, never the better one the worse. Of two that began at the same
    /// time the given one counts, so that to put the same in twice changes nothing.
    public Merged with(List<LeaderboardEntry> more) {
        var byKey = new LinkedHashMap<String, LeaderboardEntry>();
        entries.forEach(entry -> byKey.put(entry.key(), entry));
        int added = 0;
        int replaced = 0;
        int kept = 0;
        for (LeaderboardEntry entry : more) {
            LeaderboardEntry there = byKey.get(entry.key());
            if (there != null && there.measuredAt().isAfter(entry.measuredAt())) {
                kept++;
            } else {
                byKey.put(entry.key(), entry);
                added += there == null ? 1 : 0;
                replaced += there == null ? 0 : 1;
            }
        }
        return new Merged(new Leaderboard(List.copyOf(byKey.values())), added, replaced, kept);
    }

    /// The file.
    public String text() {
        var file = new LinkedHashMap<String, Object>();
        file.put(SCHEMA_VERSION, SCHEMA);
        file.put("merge_rule", MERGE_RULE);
        file.put("key_rule", "SHA-256 of the JSON object of these facts, names sorted, without blanks, in UTF-8: " + String.join(", ", LeaderboardKey.FACTS));
        file.put(ENTRIES, entries.stream().map(LeaderboardEntry::json).toList());
        return EngineJson.text(file);
    }

    /// Reads a file, and checks all of it.
    public static Reading read(String text) {
        JsonNode tree;
        try {
            tree = STRICT.readTree(text);
        } catch (JacksonException broken) {
            return new Reading.Broken(List.of("it is no JSON: " + broken.getOriginalMessage()));
        }
        if (!tree.path(SCHEMA_VERSION).asString("").equals(SCHEMA)) {
            return new Reading.Broken(List.of(SCHEMA_VERSION + " must be " + SCHEMA + ", but is " + tree.path(SCHEMA_VERSION)));
        }
        if (!(tree.get(ENTRIES) instanceof ArrayNode array)) {
            return new Reading.Broken(List.of("it has no entries"));
        }
        var problems = new ArrayList<String>();
        var entries = new ArrayList<LeaderboardEntry>();
        var keys = new HashSet<String>();
        for (int i = 0; i < array.size(); i++) {
            String where = "entry " + (i + 1) + ": ";
            Optional<LeaderboardEntry> entry = entry(array.get(i), where, problems);
            if (entry.isPresent() && !keys.add(entry.get().key())) {
                problems.add(where + "another has its key");
            }
            entry.ifPresent(entries::add);
        }
        return problems.isEmpty() ? new Reading.Valid(new Leaderboard(entries)) : new Reading.Broken(List.copyOf(problems));
    }

    private static Optional<LeaderboardEntry> entry(JsonNode node, String where, List<String> problems) {
        if (!(node instanceof ObjectNode json)) {
            problems.add(where + "is no object");
            return Optional.empty();
        }
        List<String> lacking = LeaderboardKey.FACTS.stream().filter(fact -> !json.has(fact)).toList();
        if (!lacking.isEmpty()) {
            problems.add(where + "lacks " + String.join(", ", lacking));
            return Optional.empty();
        }
        int before = problems.size();
        String key = LeaderboardKey.of(json);
        if (!json.path(LeaderboardEntry.KEY).asString("").equals(key)) {
            problems.add(where + "its key is not that of its facts, which is " + key);
        }
        var at = LeaderboardEntry.instant(json.get(LeaderboardEntry.MEASURED_AT));
        if (at.isEmpty()) {
            problems.add(where + "measured_at is no time such as 2026-01-02T03:04:05Z");
        }
        if (!(json.get(LeaderboardEntry.METRICS) instanceof ObjectNode metrics)) {
            problems.add(where + "has no metrics");
        } else {
            for (Map.Entry<String, JsonNode> figure : metrics.properties()) {
                if (!figure.getValue().isNumber() && !figure.getValue().isNull()) {
                    problems.add(where + figure.getKey() + " is neither a number nor null");
                }
            }
        }
        return problems.size() == before ? at.map(instant -> new LeaderboardEntry(key, instant, json)) : Optional.empty();
    }
}
