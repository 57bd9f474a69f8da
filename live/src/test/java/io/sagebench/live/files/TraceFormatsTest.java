package io.sagebench.live.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sagebench.live.files.TraceReading.Loaded;
import io.sagebench.live.files.TraceReading.Unreadable;
import io.sagebench.workload.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceFormatsTest {
    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void readsMooncakeInMillisecondsWithBlocksOf512() throws IOException {
        Loaded loaded = loaded(
                """
                {"timestamp": 0, "input_length": 1200, "output_length": 500, "hash_ids": [0, 1, 2]}
                {"timestamp": 3001, "input_length": 513, "output_length": 9, "hash_ids": [0, 7]}
                """);
        Trace trace = loaded.trace();
        assertThat(loaded.format()).contains("Mooncake");
        assertThat(trace.atNanos(1)).isEqualTo(3_001_000_000L);
        assertThat(trace.blockTokens()).isEqualTo(512);
        assertThat(trace.blocks(0)).isEqualTo(3);
        assertThat(trace.block(1, 1)).isEqualTo(7);
        assertThat(trace.session(0)).isEmpty();
    }

    @Test
    void readsQwenBailianInSecondsWithBlocksOf16AndSessions() throws IOException {
        Loaded loaded = loaded(
                """
                {"chat_id": 12, "parent_chat_id": -1, "timestamp": 61.114, "input_length": 40, "output_length": 5, "type": "text", "turn": 1, "hash_ids": [5, 6, 7]}
                {"chat_id": 15, "parent_chat_id": 12, "timestamp": 61.5, "input_length": 41, "output_length": 5, "type": "text", "turn": 2, "hash_ids": [5, 6, 8]}
                {"chat_id": 16, "parent_chat_id": 15, "timestamp": 62, "input_length": 41, "output_length": 5, "type": "text", "turn": 3, "hash_ids": [5, 6, 8]}
                {"chat_id": 17, "parent_chat_id": -1, "timestamp": 62, "input_length": 41, "output_length": 5, "type": "text", "turn": 1, "hash_ids": [9, 6, 8]}
                """);
        assertThat(loaded.format()).contains("Qwen-Bailian");
        assertThat(loaded.trace().atNanos(1)).isEqualTo(386_000_000L);
        assertThat(loaded.trace().blockTokens()).isEqualTo(16);
        assertThat(IntStream.range(0, 4).mapToLong(i -> loaded.trace().session(i).orElseThrow())).containsExactly(12L, 12L, 12L, 17L);
    }

    @Test
    void readsVllmTimedTracesAndRecordedRunsInSeconds() throws IOException {
        Loaded timed = loaded(
                """
                {"timestamp": 0, "input_length": 30, "output_length": 5, "hash_ids": [1, 2]}
                {"timestamp": 2, "input_length": 30, "output_length": 5, "hash_ids": [1, 3]}
                """);
        assertThat(timed.trace().atNanos(1)).isEqualTo(2_000_000_000L);
        Loaded run = loaded(
                """
                {"request_id": "a", "input_toks": 2358, "output_toks": 531, "arrival_time": 1787267980.0827403, "queued_ts": 27536.660701067}
                {"request_id": "b", "input_toks": 1034, "output_toks": 769, "arrival_time": 1787267980.3478317, "queued_ts": 27537.047603549}
                """);
        assertThat(run.trace().atNanos(1)).isEqualTo(386_902_482L);
        assertThat(run.trace().promptTokens(1)).isEqualTo(1034);
    }

    @Test
    void readsBurstGptInSecondsWithAndWithoutSessions() throws IOException {
        Loaded old = loaded(
                """
                Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
                5,ChatGPT,472,18,490,Conversation log
                45.25,GPT-4,1087,0,1087,API log
                """);
        assertThat(old.trace().atNanos(1)).isEqualTo(40_250_000_000L);
        assertThat(old.raisedToOne()).as("a response of 0 tokens").isEqualTo(1);
        assertThat(old.format()).contains("BurstGPT");
        Loaded recent = loaded(
                """
                Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type
                0,4,3.2,ChatGPT,472,18,490,Conversation log
                1,,1.0,ChatGPT,3,4,7,API log
                """);
        assertThat(recent.trace().session(0)).hasValue(4);
        assertThat(recent.trace().session(1)).isEmpty();
    }

    @Test
    void readsVidurAndPlansOfOurs() throws IOException {
        assertThat(loaded("arrived_at,num_prefill_tokens,num_decode_tokens\n0.0,374,44\n0.5,1,2\n").trace().atNanos(1)).isEqualTo(500_000_000L);
        Trace plan = loaded(
                        """
                        {"arrival_us": 1000, "input_tokens": 40, "output_tokens": 7, "session_id": "session-3", "block_size": 32, "hash_ids": [8, 9]}
                        {"arrival_us": 1000.125, "input_tokens": 4, "output_tokens": 7}
                        """)
                .trace();
        assertThat(plan.atNanos(1)).isEqualTo(125);
        assertThat(plan.blockTokens()).isEqualTo(32);
        assertThat(plan.blocks(1)).isZero();
        assertThat(plan.session(0)).hasValue(3);
    }

    @Test
    void namesEveryMistakeWithItsLine() throws IOException {
        assertThat(unreadable(
                        """
                        {"timestamp": 5, "input_length": 30, "output_length": 5}
                        {"timestamp": "6", "input_length": -1, "output_length": 2.5}
                        {"timestamp": 4, "input_length": 30, "output_length": 5}
                        {"input_length": 30, "output_length": 5}
                        {"timestamp": NaN, "input_length": 30, "output_length": 5}

                        {"timestamp": 7, "timestamp": 8, "input_length": 30, "output_length": 5}
                        [1]
                        {"timestamp": 7, "input_length": 30, "output_length": 5, "hash_ids": [1, "b"]}
                        {"timestamp": 9, "input_length": 30, "output_le"""))
                .containsSubsequence(
                        "line 2: timestamp must be a number of at least 0, but is '6'",
                        "line 2: input_length must be a whole number of at least 0, but is -1",
                        "line 2: output_length must be a whole number of at least 0, but is 2.5",
                        "line 3: the times must not decrease, but 4 is before the time of the row above",
                        "line 4: lacks arrival_us or timestamp or queued_ts or arrival_time; a row is like {",
                        "line 5: is not valid JSON: ",
                        "line 7: is not valid JSON: ",
                        "line 8: must be a JSON object",
                        "line 9: hash_ids must be a list of whole numbers, but is a list of others",
                        "line 10: is cut off: ");
    }

    @Test
    void anEmptyFileOneInAnotherEncodingAndOneWithoutRequestsAreRefused() throws IOException {
        assertThat(unreadable("")).endsWith("is empty");
        assertThat(unreadable("\n\n")).endsWith("is empty");
        Path file = Files.write(directory.resolve("utf16"), "{\"timestamp\": 1}\n".getBytes(StandardCharsets.UTF_16));
        assertThat(((Unreadable) TraceFile.read(file, TraceLimit.NONE)).messages()).containsExactly(file + ", line 1: is not text in UTF-8");
    }

    @Test
    void aFileOfTheWrongKindIsNotListedLineByLineWithoutEnd() throws IOException {
        var messages = ((Unreadable) TraceFile.read(file("{\"a\": 1}\n".repeat(1000)), TraceLimit.NONE)).messages();
        assertThat(messages).hasSize(101).last().asString().endsWith("has 2900 more mistakes");
    }

    @Test
    void surplusBlocksAreCountedAndLeftOut() throws IOException {
        Loaded loaded = loaded(
                """
                {"timestamp": 0, "input_length": 1200, "output_length": 500, "hash_ids": [0, 1, 2]}
                {"timestamp": 1, "input_length": 10, "output_length": 500, "hash_ids": [0, 1]}
                """);
        assertThat(loaded.trace().blocks(1)).isEqualTo(1);
        assertThat(loaded.extraBlocks()).isEqualTo(1);
        assertThat(TraceFile.notes("t", loaded)).containsExactly(
                "t: 1 of 2 requests named more blocks than their prompts have room for; the last were left out");
    }

    @ParameterizedTest
    @CsvSource({"azure-llm-2023-code.csv, 8819", "mooncake-conversation-first4000.jsonl, 4000", "vllm-run-rtx4090-llama-3.1-8b-requests.jsonl, 300"})
    void readsThePublicTraces(String name, int requests) {
        Path file = Path.of("..", "..", "shared", "data", name);
        assumeTrue(Files.exists(file), "skipped: " + name + " is not on this machine");
        assertThat(TraceFile.read(file, TraceLimit.NONE)).isInstanceOfSatisfying(Loaded.class, loaded -> {
            assertThat(loaded.trace().size()).isEqualTo(requests);
            assertThat(loaded.extraBlocks()).isZero();
        });
    }

    @Test
    void aThirdOfTheBlocksOfThePublicConversationsWereSeenBefore() {
        Path file = Path.of("..", "..", "shared", "data", "mooncake-conversation-first4000.jsonl");
        assumeTrue(Files.exists(file), "skipped: the Mooncake trace is not on this machine");
        Trace trace = ((Loaded) TraceFile.read(file, TraceLimit.NONE)).trace();
        var seen = new HashSet<Long>();
        long blocks = 0;
        long again = 0;
        for (int i = 0; i < trace.size(); i++) {
            for (int j = 0; j < trace.blocks(i); j++) {
                blocks++;
                again += seen.add(trace.block(i, j)) ? 0 : 1;
            }
        }
        assertThat((double) again / blocks).isBetween(0.32, 0.34);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("trace.jsonl"), text);
    }

    private Loaded loaded(String text) throws IOException {
        TraceReading reading = TraceFile.read(file(text), TraceLimit.NONE);
        assertThat(reading).isInstanceOf(Loaded.class);
        return (Loaded) reading;
    }

    private String unreadable(String text) throws IOException {
        return String.join("\n", ((Unreadable) TraceFile.read(file(text), TraceLimit.NONE)).messages());
    }
}
