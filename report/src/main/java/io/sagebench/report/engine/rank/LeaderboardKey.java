package io.sagebench.report.engine.rank;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The key of a measurement: SHA-256 of the facts that make it the same one. When it was made, how often, from where and what came out have no part in it.
final class LeaderboardKey {
    /// Which facts, by their names in an entry.
    static final List<String> FACTS = List.of(
            "model", "backend", "engine", "url", "simulated", "workload", "mode", "arrivals", "concurrency", "duration_s", "endpoint", "dataset",
            "prompt_tokens_by", "seed", "versions", "hardware");

    private static final ObjectWriter CANONICAL =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build().writer();

    private LeaderboardKey() {}

    /// Of an entry, or of its facts: the digest of a JSON object of these facts, names sorted, without blanks, in UTF-8.
    static String of(ObjectNode entry) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        for (String fact : FACTS) {
            JsonNode value = entry.get(fact);
            facts.set(fact, value == null ? JsonNodeFactory.instance.nullNode() : value);
        }
        return Sha256.of(CANONICAL.writeValueAsString(facts).getBytes(StandardCharsets.UTF_8));
    }
}
