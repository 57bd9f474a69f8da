package io.sagebench.report.engine.rank;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.engine.EngineJson;
import io.sagebench.report.engine.EngineSummary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class LeaderboardTest {
    private static final String SERVER = """
            {"workloads": {"short_input": {"avg_ttft_ms": %TTFT, "kv_used_tokens": 0, "total_requests": 5, "successful_requests": %OK,
               "failed_requests": 0, "unavailable": ["kv_used_tokens"]}},
             "run": {"run_id": "r", "started_at": "%AT", "backend": "vllm", "simulated": false, "model": "m", "url": "http://me:secret@gpu:8000",
               "engine": "vLLM 0.11", "capabilities": ["streaming"], "workloads": [{"name": "short_input", "prompt_tokens": 128, "max_tokens": 128}],
               "mode": "traffic", "dataset": "%DATA", "repeats": 1, "seed": 42, "versions": {"sage-bench": "1"}, "host": {"os": "Linux", "cores": 2}}}
            """;

    private static String text(double ttft, String at, String data) {
        return SERVER.replace("%TTFT", Double.toString(ttft)).replace("%AT", at).replace("%DATA", data).replace("%OK", "5");
    }

    private static EngineSummary summary(String text) {
        return switch (EngineJson.read(text, "x")) {
            case EngineJson.Reading.Read(EngineSummary summary) -> summary;
            case EngineJson.Reading.Invalid _, EngineJson.Reading.Other _ -> throw new AssertionError(text);
        };
    }

    private static LeaderboardEntry entry(String text) {
        LeaderboardEntry.Exported exported = LeaderboardEntry.of(summary(text));
        assertThat(exported.refused()).isEmpty();
        assertThat(exported.entries()).hasSize(1);
        return exported.entries().getFirst();
    }

    private static LeaderboardEntry entry(double ttft, String at, String data) {
        return entry(text(ttft, at, data));
    }

    private static final LeaderboardEntry FIRST = entry(10, "2026-01-01T00:00:00Z", "default");
    private static final LeaderboardEntry LATER_AND_WORSE = entry(90, "2026-02-01T00:00:00Z", "default");

    @Test
    void whatNobodyMeasuredIsNull() {
        ObjectNode json = FIRST.json();
        assertThat(json.get("hardware").isNull()).as("hardware of a remote server").isTrue();
        assertThat(json.at("/load_generator/cores").intValue()).isEqualTo(2);
        assertThat(json.get("concurrency").isNull()).isTrue();
        assertThat(json.at("/metrics/kv_used_tokens").isNull()).isTrue();
        assertThat(json.at("/metrics/p99_itl_ms").isNull()).isTrue();
        assertThat(json.at("/metrics/avg_ttft_ms").doubleValue()).isEqualTo(10);
        assertThat(json.get("url").stringValue()).isEqualTo("http://gpu:8000");
    }

    @Test
    void anEngineWithinTheProcessRanOnTheHostAndHasNoUrl() {
        ObjectNode json = entry(text(10, "2026-01-01T00:00:00Z", "default").replace("[\"streaming\"]", "[\"in_process\"]")).json();
        assertThat(json.at("/hardware/cores").intValue()).isEqualTo(2);
        assertThat(json.get("url").isNull()).isTrue();
    }

    @Test
    void theKeyIsThatOfWhatWasMeasured() {
        assertThat(LATER_AND_WORSE.key()).isEqualTo(FIRST.key()).hasSize(64);
        String same = text(10, "2026-01-01T00:00:00Z", "default");
        for (String changed : List.of(
                same.replace("\"default\"", "\"sharegpt\""), same.replace("\"m\"", "\"n\""), same.replace("\"vllm\"", "\"sglang\""),
                same.replace("42", "43"), same.replace("\"max_tokens\": 128", "\"max_tokens\": 129"), same.replace("vLLM 0.11", "vLLM 0.12"),
                same.replace("traffic", "batch"), same.replace("gpu:8000", "other:8000"))) {
            assertThat(entry(changed).key()).as(changed).isNotEqualTo(FIRST.key());
        }
    }

    @Test
    void theLaterMeasurementReplacesTheEarlierAlsoWhenItIsWorse() {
        Leaderboard.Merged merged = new Leaderboard(List.of(FIRST)).with(List.of(LATER_AND_WORSE));
        assertThat(merged.leaderboard().entries()).containsExactly(LATER_AND_WORSE);
        assertThat(merged.replaced()).isEqualTo(1);
        Leaderboard.Merged back = merged.leaderboard().with(List.of(FIRST));
        assertThat(back.leaderboard().entries()).containsExactly(LATER_AND_WORSE);
        assertThat(back.kept()).isEqualTo(1);
        assertThat(back.leaderboard().with(List.of(LATER_AND_WORSE)).leaderboard().text()).isEqualTo(back.leaderboard().text());
        assertThat(back.leaderboard().with(List.of(entry(1, "2025-01-01T00:00:00Z", "sharegpt"))).added()).isEqualTo(1);
    }

    @Test
    void whatCannotBeToldApartOrDidNotSucceedIsNoEntry() {
        LeaderboardEntry.Exported bare =
                LeaderboardEntry.of(summary("{\"workloads\": {\"short_input\": {\"total_requests\": 5, \"successful_requests\": 5}}}"));
        assertThat(bare.entries()).isEmpty();
        assertThat(bare.refused()).contains("the results do not say the run's model", "the results do not say when the run began (started_at)");
        String failed = SERVER.replace("%TTFT", "1").replace("%AT", "2026-01-01T00:00:00Z").replace("%DATA", "d").replace("%OK", "0");
        assertThat(LeaderboardEntry.of(summary(failed)).refused()).containsExactly("short_input: no request succeeded");
    }

    @Test
    void aFileIsReadAsItWasWritten() {
        String text = new Leaderboard(List.of(FIRST)).text();
        assertThat(text).contains("\"schema_version\": \"sage-bench-leaderboard/v1\"").contains("whichever has the better figures");
        assertThat(Leaderboard.read(text)).isInstanceOfSatisfying(Leaderboard.Reading.Valid.class, valid -> {
            assertThat(valid.leaderboard().text()).isEqualTo(text);
            assertThat(valid.leaderboard().entries().getFirst().key()).isEqualTo(FIRST.key());
        });
    }

    private static List<String> problems(String text) {
        return Leaderboard.read(text) instanceof Leaderboard.Reading.Broken(List<String> problems) ? problems : List.of();
    }

    @Test
    void mistakesAreFound() {
        String text = new Leaderboard(List.of(FIRST)).text();
        assertThat(problems(text.replace("\"seed\": 42", "\"seed\": 7"))).singleElement().asString().contains("entry 1: its key is not that of its facts");
        assertThat(problems(text.replace("\"avg_ttft_ms\": 10", "\"avg_ttft_ms\": \"fast\""))).containsExactly("entry 1: avg_ttft_ms is neither a number nor null");
        assertThat(problems(text.replace("2026-01-01T00:00:00Z", "yesterday"))).singleElement().asString().contains("measured_at is no time");
        assertThat(problems(text.replace("leaderboard/v1", "leaderboard/v9"))).singleElement().asString().contains("schema_version must be");
        assertThat(problems(text.substring(0, 40))).singleElement().asString().startsWith("it is no JSON");
        assertThat(problems(text.replace("\"dataset\"", "\"data\""))).containsExactly("entry 1: lacks dataset");
        assertThat(problems(new Leaderboard(List.of(FIRST, LATER_AND_WORSE)).text())).containsExactly("entry 2: another has its key");
        assertThat(problems("[]")).isNotEmpty();
    }

    @Test
    void theManifestNoticesAnotherFile() {
        var board = new Leaderboard(List.of(FIRST));
        byte[] content = board.text().getBytes(StandardCharsets.UTF_8);
        LeaderboardManifest truth = LeaderboardManifest.of("leaderboard.json", content, board);
        LeaderboardManifest read = LeaderboardManifest.read(truth.text()).orElseThrow();
        assertThat(read.differences(truth)).isEmpty();
        content[5] ^= 1;
        assertThat(read.differences(LeaderboardManifest.of("other.json", content, new Leaderboard(List.of())))).hasSize(3);
        assertThat(LeaderboardManifest.read("[").isEmpty()).isTrue();
        assertThat(LeaderboardManifest.read("{}").map(empty -> empty.differences(truth).size())).isEqualTo(Optional.of(4));
    }
}
