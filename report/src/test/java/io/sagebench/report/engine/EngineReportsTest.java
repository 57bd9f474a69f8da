package io.sagebench.report.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.terminal.TerminalStyle;
import io.sagebench.request.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The forms of a summary, against files that were looked at. To write those anew: `REWRITE_REFERENCE=1`.
class EngineReportsTest {
    private static final Path PLACE = Path.of("src/test/resources/io/sagebench/report/engine");
    private static final EngineWindow.Use USE = new EngineWindow.Use(
            List.of(180.0, 200.0),
            OptionalDouble.of(1280),
            OptionalDouble.empty(),
            OptionalDouble.of(0.125),
            OptionalDouble.of(0),
            OptionalDouble.of(0),
            OptionalDouble.empty(),
            Map.of("memory", "resident memory of this process", "kv_cache", "the engine's own metrics (vllm)"));

    private static EngineSummary summary() {
        var workloads = new LinkedHashMap<String, EngineMetrics>();
        workloads.put("short_input", EngineMeter.of(List.of(Records.window(
                USE, Records.answer(0, 0, 0, OptionalInt.of(128), 40, 52, 64), Records.answer(1, 64, 64, OptionalInt.of(128), 104, 116, 128)))));
        workloads.put("stress_test", EngineMeter.of(List.of(Records.window(
                USE,
                Records.answer(0, 0, 0, OptionalInt.of(128), 42, 54, 66),
                Records.answer(1, 0, 0, OptionalInt.of(128), 41, 53, 65),
                Records.failure(2, 0, 3, new Outcome.HttpError(500, "<b>broken</b> | 'quoted'"))))));
        var facts = new LinkedHashMap<String, Object>();
        facts.put("run_id", "20260102T030405Z-12345678");
        facts.put("backend", "mock");
        facts.put("model", "<i>mock</i>");
        facts.put("mode", "traffic");
        facts.put("seed", 42L);
        return new EngineSummary(workloads, Map.of(), Optional.of(new EngineRunInfo(facts, List.of("simulated engine"))));
    }

    @ParameterizedTest
    @CsvSource({"summary.json", "summary.md", "summary.csv", "summary.txt"})
    void areAsTheyWere(String name) throws IOException {
        String text = switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "json" -> EngineJson.text(summary());
            case "md" -> EngineMarkdown.text(summary());
            case "csv" -> EngineCsv.text(summary());
            default -> new EngineTable(summary(), TerminalStyle.PLAIN).text();
        };
        if (System.getenv("REWRITE_REFERENCE") != null) {
            Files.writeString(PLACE.resolve(name), text);
            return;
        }
        try (InputStream expected = requireNonNull(EngineReportsTest.class.getResourceAsStream(name))) {
            assertThat(text).isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aSummaryIsReadBackAsItWasWritten() {
        assertThat(EngineJson.read(EngineJson.text(summary()), "")).isInstanceOfSatisfying(EngineJson.Reading.Read.class, read -> {
            assertThat(read.summary().workloads()).isEqualTo(summary().workloads());
            assertThat(EngineJson.text(read.summary())).isEqualTo(EngineJson.text(summary()));
        });
    }

    @Test
    void figuresOfOtherProgramsAreRead() {
        String flat = "{\"total_requests\": 5, \"avg_ttft_ms\": 12.5, \"total_kv_used_tokens\": 7}";
        for (String text : List.of(flat, "{\"metrics\": " + flat + "}")) {
            assertThat(EngineJson.read(text, "short_input")).isInstanceOfSatisfying(EngineJson.Reading.Read.class, read -> {
                EngineMetrics metrics = requireNonNull(read.summary().workloads().get("short_input"));
                assertThat(metrics.value("kv_used_tokens")).hasValue(7);
                assertThat(metrics.value("avg_ttft_ms")).hasValue(12.5);
                assertThat(metrics.value("avg_tbt_ms")).isEmpty();
            });
        }
    }

    @Test
    void whatIsNoResultsFileIsSaid() {
        assertThat(EngineJson.read("{", "")).isInstanceOf(EngineJson.Reading.Invalid.class);
        assertThat(EngineJson.read("", "")).isInstanceOf(EngineJson.Reading.Invalid.class);
        assertThat(EngineJson.read("[1]", "")).isInstanceOf(EngineJson.Reading.Other.class);
        assertThat(EngineJson.read("{\"a\": 1}", "")).isInstanceOf(EngineJson.Reading.Other.class);
    }

    @Test
    void nothingFromOutsideBecomesATag() {
        assertThat(EngineMarkdown.text(summary())).doesNotContain("<b>", "<i>");
    }
}
