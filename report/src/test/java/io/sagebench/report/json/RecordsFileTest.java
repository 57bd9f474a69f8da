package io.sagebench.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.SampleReport;
import io.sagebench.request.Outcome;
import io.sagebench.request.TimeoutPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RecordsFileTest {
    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void writesOneRequestALineInTheOrderTheyEnded() throws IOException {
        Path target = directory.resolve("requests.jsonl");
        RecordsFile file = RecordsFile.begin(target, false);
        var journal = file.open(SampleReport.WINDOW);
        journal.write(SampleReport.request(2, new Outcome.Completed()));
        journal.write(SampleReport.request(1, new Outcome.Rejected(429, "queue full")));
        journal.write(SampleReport.request(3, new Outcome.TimedOut(TimeoutPhase.IDLE)));
        assertThat(target).doesNotExist();
        file.finish();

        List<JsonNode> lines = Files.readAllLines(target).stream().map(Json.MAPPER::readTree).toList();
        assertThat(lines).extracting(line -> line.at("/request_id").asString()).containsExactly("r2", "r1", "r3");
        assertThat(lines).extracting(line -> line.at("/outcome").asString()).containsExactly("completed", "rejected", "timed_out");
        assertThat(lines).extracting(line -> line.at("/error").asString()).containsExactly("", "rejected: 429: queue full", "timed_out: idle");
        assertThat(lines.get(1).at("/status_code").asInt()).isEqualTo(429);
        assertThat(lines.get(1).at("/e2e_latency_ms").isNull()).isTrue();
        assertThat(Files.readString(target)).endsWith("}\n");
    }

    @Test
    void isEmptyWhenNothingWasMeasured() throws IOException {
        Path target = directory.resolve("requests.jsonl");
        RecordsFile.begin(target, false).finish();
        assertThat(target).isEmptyFile();
    }

    @Test
    void takesManyMoreRecordsThanItHoldsInMemory() throws IOException {
        Path target = directory.resolve("requests.jsonl");
        RecordsFile file = RecordsFile.begin(target, false);
        var journal = file.open(SampleReport.WINDOW);
        for (int i = 0; i < 20_000; i++) {
            journal.write(SampleReport.request(i, new Outcome.Completed()));
        }
        file.finish();
        try (var lines = Files.lines(target)) {
            assertThat(lines.count()).isEqualTo(20_000);
        }
    }
}
