package io.sagebench.benchmark.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The published schema of configuration files says what the program does.
class ConfigSchemaTest {
    private static final JsonNode SCHEMA = JsonMapper.shared().readTree(ExampleConfig.schema());
    private static final Schema VALIDATOR =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(ExampleConfig.schema(), InputFormat.JSON);
    /// What the program says of a value by itself, rather than of a name it does not know. What a schema cannot say is left out.
    private static final Pattern OF_THE_VALUE = Pattern.compile("^(?!.*(they sum to|shortest first|of the form 3xPROFILE)).*\\bmust (be|have)\\b.*");
    private static final JsonMapper EXACT =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    /// Values of every kind, as JSON.
    private static final List<String> VALUES = List.of(
            "null", "true", "false", "0", "1", "-1", "0.5", "1.5", "2048", "2049", "10001", "1000001", "1e6", "1000000.5", "2e9", "1e10", "9e18", "10000000000000000000",
            "\"\"", "\"  \"", "\"x\"", "\"60s\"", "\"0s\"", "\"0.5ms\"", "\"5 m\"", "\"7\"", "\"llm\"", "\"gamma\"", "\"poison\"", "\"auto\"",
            "\"10:100@60s\"", "\"10@1m\"", "\"10@\"", "\"slo<0.95\"", "\"slo<\"", "[]", "[1]", "[1, 2]", "[2, 1]", "[0, 1]", "[1, 2, 3]", "[\"x\"]",
            "[\"10@1m\", \"5:6@1s\"]", "[\"slo<0.95\", \"p99_ttft>500ms\"]", "[\"\"]", "[true]", "{}", "{\"a\": 1}", "{\"a\": 0.5, \"b\": 0.5}",
            "{\"a\": 2}", "{\"a\": \"1\"}", "{\"HIGH\": 1}", "{\"low\": 1}", "{\"high_priority_deadline_ms\": 5}", "{\"high_priority_deadline_ms\": 0}",
            "{\"tpot_deadline_ms\": \"5\"}", "{\"nothing_deadline_ms\": 5}");

    @TempDir
    private Path directory = Path.of("unset");

    @ParameterizedTest
    @ValueSource(strings = {"llm", "hybrid"})
    void theExamplesAreValid(String mode) {
        assertThat(VALIDATOR.validate(ExampleConfig.json(mode), InputFormat.JSON)).isEmpty();
        assertThat(VALIDATOR.validate(YAMLMapper.shared().readTree(ExampleConfig.yaml(mode)))).isEmpty();
    }

    @Test
    void hasEverySettingAndEveryOtherNameOfOneAndNoMore() {
        var expected = new TreeSet<>(Setting.aliases().keySet());
        var deadlines = new TreeSet<String>();
        Arrays.stream(Setting.values()).forEach(setting -> (setting.isDeadline() ? deadlines : expected).add(setting.key()));
        expected.addAll(Set.of(Setting.SLO_GROUP, "hybrid_slo_config"));
        assertThat(new TreeSet<>(SCHEMA.path("properties").propertyNames())).isEqualTo(expected);
        assertThat(new TreeSet<>(SCHEMA.at("/$defs/deadlines/properties").propertyNames())).isEqualTo(deadlines);
    }

    @Test
    void saysWhatEachIsAndItsDefault() {
        JsonNode example = YAMLMapper.shared().readTree(ExampleConfig.yaml("llm"));
        SCHEMA.path("properties").properties().forEach(setting -> {
            assertThat(setting.getValue().path("description").asString("")).as(setting.getKey()).isNotBlank();
            if (example.has(setting.getKey()) && !setting.getKey().equals(Setting.SLO_GROUP)) {
                assertThat(setting.getValue().path("default")).as(setting.getKey()).isEqualTo(example.path(setting.getKey()));
            }
        });
        SCHEMA.at("/$defs/deadlines/properties").properties().forEach(deadline -> assertThat(deadline.getValue().path("default"))
                .as(deadline.getKey())
                .isEqualTo(example.path(Setting.SLO_GROUP).path(deadline.getKey())));
    }

    static Stream<String> keys() {
        return new TreeSet<>(SCHEMA.path("properties").propertyNames()).stream();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void refusesTheValuesThatTheProgramRefusesAndNoOthers(String key) throws IOException {
        var differences = new ArrayList<String>();
        for (String value : VALUES) {
            String text = "{\"" + key + "\": " + value + "}";
            boolean takenBySchema = VALIDATOR.validate(EXACT.readTree(text)).isEmpty();
            List<String> problems = problems(text);
            if (!takenBySchema && problems.isEmpty()) {
                differences.add("only the schema refuses " + text);
            }
            if (takenBySchema && problems.stream().anyMatch(problem -> OF_THE_VALUE.matcher(problem).matches())) {
                differences.add("the schema takes " + text + ", but: " + problems);
            }
        }
        assertThat(differences).isEmpty();
    }

    private List<String> problems(String json) throws IOException {
        Path file = directory.resolve("c.json");
        Files.writeString(file, json);
        var draft = new ConfigDraft(List.of("fifo", "priority", "slo_aware"));
        draft.file(file);
        return draft.check(HowMany.SEVERAL) instanceof Checked.Invalid(List<Problem> problems)
                ? problems.stream().map(Problem::message).toList()
                : List.of();
    }
}
