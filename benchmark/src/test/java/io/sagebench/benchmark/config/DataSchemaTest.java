package io.sagebench.benchmark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.live.files.Datasets;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The published schema has the keys that are read, and no others.
class DataSchemaTest {
    @Test
    void theSchemaOfWorkloadsHasTheKeysThatAreRead() throws IOException {
        assertThat(keys("workload")).isEqualTo(WorkloadFile.keys());
    }

    @Test
    void theSchemasOfPromptsAndTextsHaveTheKeysThatAreRead() throws IOException {
        assertThat(keys("prompt")).isEqualTo(Datasets.keys(Datasets.Use.PROMPTS));
        assertThat(keys("text")).isEqualTo(Datasets.keys(Datasets.Use.TEXTS));
    }

    private static Set<String> keys(String definition) throws IOException {
        try (var in = DataPlaces.class.getResourceAsStream("/io/sagebench/benchmark/data/metadata/schema.json")) {
            JsonNode schema = JsonMapper.shared().readTree(in);
            return new HashSet<>(schema.at("/$defs/" + definition + "/properties").propertyNames());
        }
    }
}
