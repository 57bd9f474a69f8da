package io.sagebench.benchmark.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.calibrate.RequestLog.Reading;
import io.sagebench.engine.sim.calibration.ObservedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestLogTest {
    private static final String HEADER = RequestLog.CSV_HEADER + "\n";

    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void readsCsvInSeconds() throws IOException {
        assertThat(requests("log.csv", HEADER + "100.5,100.75,102.0,200,50\n"))
                .containsExactly(new ObservedRequest(100_500_000_000L, 200, 50, 100_750_000_000L, 102_000_000_000L));
    }

    @Test
    void readsTheLogOfAnEngine() throws IOException {
        assertThat(requests("log.jsonl", """
                {"request_id": "b-0", "input_toks": 2358, "output_toks": 531, "queued_ts": 1.5, "first_token_ts": 2.5, "last_token_ts": 9}
                """))
                .containsExactly(new ObservedRequest(1_500_000_000L, 2358, 531, 2_500_000_000L, 9_000_000_000L));
    }

    /// A request counts from when its control plane handed it on.
    @Test
    void readsOurOwnRecordsAndLeavesOutWhatFailed() throws IOException {
        String good = """
                {"policy":"fifo","repeat":1,"outcome":"completed","sent_ms":100.5,"first_token_ms":150,"last_content_ms":300,\
                "prompt_token_count":null,"prompt_tokens_asked":64,"output_token_count":10,"instance":"engine-1","queue_ms":20}
                """;
        String failed = "{\"policy\":\"fifo\",\"repeat\":1,\"outcome\":\"timed_out\"}\n";
        var read = (Reading.Read) read("log.jsonl", good + failed);
        assertThat(read.levels().getFirst().requests())
                .containsExactly(new ObservedRequest(120_500_000, 64, 10, 150_000_000, 300_000_000));
        assertThat(read.notes()).singleElement().asString().startsWith("1 requests in the log were not completed");
        assertThat(problems("log.jsonl", good + good.replace("engine-1", "engine-2")))
                .containsExactly(directory.resolve("log.jsonl")
                        + ": has requests of 2 engines (engine-1, engine-2), but a profile is of one: keep the lines of one instance");
    }

    @Test
    void namesCorruptLinesByTheirNumbers() throws IOException {
        assertThat(problems("log.csv", HEADER + "1,2,3,10,10\n1,2,3\n5,4,6,10,10\n1,x,3,10,10\n1,2,3,10,0\n"))
                .containsExactly(
                        file("log.csv") + ", line 3: expected 5 values (" + RequestLog.CSV_HEADER + "), but found 3",
                        file("log.csv") + ", line 4: the time of the first token must be at least 5000000001, but was 4000000000",
                        file("log.csv") + ", line 5: first_token_s must be a time, but is 'x'",
                        file("log.csv") + ", line 6: output_tokens must be a whole number from 1 to 10000000, but is '0'");
        assertThat(problems("log.jsonl", "{\"outcome\":\"completed\",\"sent_ms\":1}\n{oops\n{\"a\":1}\n"))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(file("log.jsonl") + ", line 1: prompt_tokens_asked must be a whole number from 1 to 10000000, but is missing"),
                        second -> assertThat(second).startsWith(file("log.jsonl") + ", line 2: not valid JSON: '{oops'"),
                        third -> assertThat(third).startsWith(file("log.jsonl") + ", line 3: expected a line of requests_*.jsonl"));
        assertThat(problems("log.csv", "a,b\n")).singleElement().asString().endsWith("the header must be " + RequestLog.CSV_HEADER + ", but is 'a,b'");
        assertThat(problems("empty.jsonl", "\n")).containsExactly(file("empty.jsonl") + ": has no completed requests");
    }

    /// Epoch milliseconds given as seconds: 1e12 s are more nanoseconds than 64 bits hold.
    @Test
    void refusesTimesAndLengthsThatWouldWrap() throws IOException {
        String given = "1750000000000,1750000000100,1750000000900,10,10\n1,1e999999999,3,10,10\n1,2,3,2147483647,10\n1,2,3,10,3000000000\n";
        String valid = " must be in seconds, from -4000000000 to 4000000000, but is ";
        assertThat(problems("log.csv", HEADER + given))
                .containsExactly(
                        file("log.csv") + ", line 2: sent_s" + valid + "'1750000000000'",
                        file("log.csv") + ", line 3: first_token_s" + valid + "'1e999999999'",
                        file("log.csv") + ", line 4: prompt_tokens must be a whole number from 1 to 10000000, but is '2147483647'",
                        file("log.csv") + ", line 5: output_tokens must be a whole number from 1 to 10000000, but is '3000000000'");
        String ours = """
                {"outcome":"completed","sent_ms":1e13,"first_token_ms":150,"last_content_ms":300,\
                "prompt_tokens_asked":64,"output_token_count":10,"queue_ms":0}
                """;
        assertThat(problems("log.jsonl", ours + ours.replace("1e13", "1").replace("\"queue_ms\":0", "\"queue_ms\":-5")))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith(file("log.jsonl")
                                + ", line 1: sent_ms must be in milliseconds, from -4000000000000 to 4000000000000, but is '1"),
                        second -> assertThat(second).isEqualTo(file("log.jsonl") + ", line 2: queue_ms must be at least 0, but is -5"));
    }

    @Test
    void cutsOffWhatIsShorterThanANanosecond() throws IOException {
        assertThat(requests("log.csv", HEADER + "1750000000.0000000019,1750000000.5,1750000001,10,5\n"))
                .containsExactly(new ObservedRequest(
                        1_750_000_000_000_000_001L, 10, 5, 1_750_000_000_500_000_000L, 1_750_000_001_000_000_000L));
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private List<ObservedRequest> requests(String name, String text) throws IOException {
        return ((Reading.Read) read(name, text)).levels().stream().flatMap(level -> level.requests().stream()).toList();
    }

    private List<String> problems(String name, String text) throws IOException {
        return ((Reading.Unreadable) read(name, text)).problems();
    }

    private Reading read(String name, String text) throws IOException {
        return RequestLog.read(Files.writeString(file(name), text));
    }
}
