package io.sagebench.live.files;

import io.sagebench.random.Mix;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Traces as JSONL: those of Mooncake (milliseconds, blocks of 512 tokens), Qwen-Bailian and vLLM's timed traces (seconds, blocks of 16), the requests
/// of a recorded vLLM run (seconds), and plans that `workload generate` wrote (microseconds). What units a file has is seen from its first rows.
final class JsonTraceRows implements TraceRows {
    static final String EXAMPLE = "{\"timestamp\": 27482, \"input_length\": 6955, \"output_length\": 52, \"hash_ids\": [46, 47, 2353]}";
    static final String GENERATED_TIME = "arrival_us";

    private static final int BAILIAN_BLOCK = 16;
    private static final int MOONCAKE_BLOCK = 512;
    private static final int MOST_BLOCK_OF_SECONDS = 64;
    private static final List<String> TIMES = List.of(GENERATED_TIME, "timestamp", "queued_ts", "arrival_time");
    private static final List<String> PROMPTS = List.of("input_length", "input_tokens", "input_toks");
    private static final List<String> OUTPUTS = List.of("output_length", "output_tokens", "output_toks");
    private static final List<String> BLOCKS = List.of("hash_ids", "block_hashes");
    private static final List<String> SESSIONS = List.of("session_id", "session");
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final String description;
    private final BigDecimal nanosPerUnit;
    private final int blockTokens;
    private final Map<Long, Long> roots = new HashMap<>();

    private JsonTraceRows(String description, long nanosPerUnit, int blockTokens) {
        this.description = description;
        this.nanosPerUnit = BigDecimal.valueOf(nanosPerUnit);
        this.blockTokens = blockTokens;
    }

    /// Whether a row is one of a trace.
    static boolean isOne(JsonRow row) {
        return row.keyOf(TIMES).isPresent() && row.keyOf(PROMPTS).isPresent() && row.keyOf(OUTPUTS).isPresent();
    }

    /// The format that these rows have, which stand at the beginning of a file.
    static TraceRows of(List<String> first) {
        int block = 0;
        boolean seconds = false;
        boolean micros = false;
        boolean chats = false;
        boolean recorded = false;
        for (String text : first) {
            JsonRow row = JsonRow.parse(text, _ -> {}).orElse(null);
            if (row == null) {
                continue; // it is told when it is read
            }
            micros |= row.has(GENERATED_TIME);
            chats |= row.has("chat_id");
            recorded |= !row.has("timestamp") && (row.has("queued_ts") || row.has("arrival_time"));
            seconds |= row.has("timestamp") && JsonRow.quietly(row).decimal("timestamp").map(time -> time.scale() > 0).orElse(false);
            if (block == 0) {
                block = blockTokens(JsonRow.quietly(row));
            }
        }
        if (micros) {
            return new JsonTraceRows("plan (JSONL)", 1_000, block == 0 ? MOONCAKE_BLOCK : block);
        }
        if (recorded) {
            return new JsonTraceRows("recorded run of vLLM (JSONL)", 1_000_000_000, 1);
        }
        if (chats) {
            return new JsonTraceRows("Qwen-Bailian trace (JSONL)", 1_000_000_000, block == 0 ? BAILIAN_BLOCK : block);
        }
        if (seconds || (block > 0 && block <= MOST_BLOCK_OF_SECONDS)) {
            return new JsonTraceRows("vLLM timed trace (JSONL, seconds)", 1_000_000_000, block == 0 ? BAILIAN_BLOCK : block);
        }
        return new JsonTraceRows("Mooncake trace (JSONL, milliseconds)", 1_000_000, block == 0 ? MOONCAKE_BLOCK : block);
    }

    /// The tokens of a block: said, or the power of two with which the ids of a row cover its prompt; 0 when the row does not show it.
    private static int blockTokens(JsonRow row) {
        Optional<Integer> said = row.whole("block_size", 1, 1 << 20);
        if (said.isPresent()) {
            return said.get();
        }
        int prompt = row.keyOf(PROMPTS).flatMap(key -> row.whole(key, 0, Integer.MAX_VALUE)).orElse(0);
        int count = row.keyOf(BLOCKS).flatMap(row::wholes).map(ids -> ids.length).orElse(0);
        if (count < 2) {
            return 0;
        }
        int power = Integer.highestOneBit(Math.max(1, Math.ceilDiv(prompt, count) - 1)) * 2;
        return (long) power * (count - 1) < prompt ? power : 0;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public int blockTokens() {
        return blockTokens;
    }

    @Override
    public Optional<TraceRow> read(String text, Consumer<String> mistake) {
        int[] mistakes = {0};
        Consumer<String> counted = message -> {
            mistakes[0]++;
            mistake.accept(message);
        };
        Optional<JsonRow> parsed = JsonRow.parse(text, counted);
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        JsonRow row = parsed.get();
        Optional<BigDecimal> time = required(row, TIMES, counted).flatMap(row::decimal);
        Optional<Integer> prompt = required(row, PROMPTS, counted).flatMap(key -> row.whole(key, 0, Integer.MAX_VALUE));
        Optional<Integer> output = required(row, OUTPUTS, counted).flatMap(key -> row.whole(key, 0, Integer.MAX_VALUE));
        Optional<long[]> blocks = row.keyOf(BLOCKS).flatMap(row::wholes);
        if (row.has("type") && row.raw("type").map("embedding"::equals).orElse(false)) {
            counted.accept("is a text to embed, but a trace replays prompts");
        }
        Optional<BigDecimal> nanos = time.map(value -> value.multiply(nanosPerUnit));
        nanos.filter(value -> value.compareTo(LONGEST) > 0)
                .ifPresent(_ -> counted.accept("the time is too far away: " + time.orElseThrow().toPlainString()));
        OptionalLong session = session(row);
        return mistakes[0] > 0
                ? Optional.empty()
                : Optional.of(new TraceRow(
                        nanos.orElseThrow().longValue(),
                        time.orElseThrow().toPlainString(),
                        prompt.orElseThrow(),
                        output.orElseThrow(),
                        blocks,
                        session));
    }

    private static Optional<String> required(JsonRow row, List<String> keys, Consumer<String> mistake) {
        Optional<String> key = row.keyOf(keys);
        if (key.isEmpty()) {
            mistake.accept("lacks " + String.join(" or ", keys) + "; a row is like " + EXAMPLE);
        }
        return key;
    }

    /// A chat belongs to the session of the first chat that it goes back to.
    private OptionalLong session(JsonRow row) {
        if (row.has("chat_id")) {
            Optional<Long> chat = row.wholeLong("chat_id");
            Optional<Long> parent = row.wholeLong("parent_chat_id").filter(id -> id >= 0);
            if (chat.isPresent()) {
                long root = parent.map(id -> roots.getOrDefault(id, id)).orElse(chat.get());
                roots.put(chat.get(), root);
                return OptionalLong.of(root);
            }
        }
        return row.keyOf(SESSIONS)
                .flatMap(key -> JsonRow.quietly(row).wholeLong(key).or(() -> JsonRow.quietly(row).raw(key).map(JsonTraceRows::number)))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /// A session named by a text: `session-7` is 7, and others are numbers by their hash.
    private static long number(String name) {
        return name.matches("session-\\d{1,18}")
                ? Long.parseLong(name.substring("session-".length()))
                : Mix.of(name) & Long.MAX_VALUE;
    }
}
