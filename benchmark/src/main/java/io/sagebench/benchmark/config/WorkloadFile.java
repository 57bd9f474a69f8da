package io.sagebench.benchmark.config;

import io.sagebench.benchmark.config.Given.Fields;
import io.sagebench.benchmark.config.Given.Form;
import io.sagebench.benchmark.config.Given.Scalar;
import io.sagebench.live.files.DataFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads files of workloads: a JSON object a line, in the two layouts that are documented: `name` with `num_requests` and `request_rate`, or `workload_id`
/// with `request_count` and `rate_per_second`. Whether values make sense is judged with all others of a configuration.
public final class WorkloadFile {
    private static final GivenFile.Kind KIND =
            new GivenFile.Kind("a workload", "a JSON object such as {\"name\": \"mine\", \"num_requests\": 100}", "'sage-bench workload list' names some");

    /// What a workload may say: how the load is made, and nothing of the target.
    private static final Set<Setting> ALLOWED = EnumSet.of(
            Setting.MODE, Setting.LLM_RATIO, Setting.EMBEDDING_RATIO, Setting.GENERATE_RATIO, Setting.NUM_REQUESTS, Setting.REQUEST_RATE,
            Setting.ARRIVAL_PATTERN, Setting.BURSTINESS, Setting.BURST_SIZE, Setting.BURST_INTERVAL, Setting.ON_SECONDS, Setting.OFF_SECONDS,
            Setting.OFF_RATE_SHARE, Setting.WAVE_AMPLITUDE, Setting.WAVE_PERIOD_SECONDS, Setting.RAMP, Setting.CONCURRENCY, Setting.DURATION, Setting.TURNS, Setting.THINK_TIME_SECONDS,
            Setting.MODEL_DISTRIBUTION, Setting.PRIORITY_DISTRIBUTION, Setting.LLM_SLO_DEADLINE_MS, Setting.EMBEDDING_SLO_DEADLINE_MS,
            Setting.PROMPT_LEN_RANGE, Setting.OUTPUT_LEN_RANGE, Setting.EMBEDDING_MODEL, Setting.EMBEDDING_BATCH_SIZES,
            Setting.EMBEDDING_TEXT_LEN_RANGE, Setting.DATASET, Setting.EMBEDDING_DATASET, Setting.TIMEOUT_SECONDS);

    /// What makes a workload hybrid when it does not say its mode.
    private static final Set<Setting> HYBRID = EnumSet.of(
            Setting.LLM_RATIO, Setting.EMBEDDING_RATIO, Setting.EMBEDDING_MODEL, Setting.EMBEDDING_BATCH_SIZES, Setting.EMBEDDING_TEXT_LEN_RANGE,
            Setting.EMBEDDING_DATASET);

    private static final Map<String, Setting> OTHER_NAMES = Map.of(
            "request_count", Setting.NUM_REQUESTS,
            "rate_per_second", Setting.REQUEST_RATE,
            "llm_model_distribution", Setting.MODEL_DISTRIBUTION,
            "embedding_batch_size", Setting.EMBEDDING_BATCH_SIZES);
    private static final Set<String> DEADLINE_GROUPS = Set.of("slo_deadlines", "llm_slo_deadlines");
    private static final Set<String> NAMES = Set.of("name", "workload_id");
    private static final String BURSTS = "burst_config";
    private static final String DESCRIPTION = "description";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String file;
    private final List<Problem> problems;
    private final Map<String, Integer> linesOfNames = new HashMap<>();
    private final List<Workload> workloads = new ArrayList<>();

    private WorkloadFile(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /// One workload of a file.
    ///
    /// @param name        unique in its file
    /// @param description in a few words; empty when it has none
    /// @param line        where it stands
    /// @param settings    what it gives
    public record Workload(String name, String description, int line, Map<Setting, Given> settings) {}

    /// The workloads of a file; what is wrong with it is added to `problems`.
    public static List<Workload> read(DataFile file, List<Problem> problems) {
        var reading = new WorkloadFile(file.name(), problems);
        try (InputStream in = file.open()) {
            reading.read(in.readAllBytes());
        } catch (NoSuchFileException _) {
            problems.add(new Problem(file.name(), "there is no such file; " + KIND.help()));
        } catch (IOException broken) {
            problems.add(new Problem(file.name(), "cannot be read: " + broken.getMessage()));
        }
        return reading.workloads;
    }

    /// The keys there are, for the schema and for hints.
    static Set<String> keys() {
        var keys = new TreeSet<>(OTHER_NAMES.keySet());
        ALLOWED.forEach(setting -> keys.add(setting.key()));
        keys.addAll(DEADLINE_GROUPS);
        keys.addAll(NAMES);
        keys.add(BURSTS);
        keys.add(DESCRIPTION);
        keys.add(Setting.SLO_GROUP);
        return keys;
    }

    private void read(byte[] bytes) {
        int before = problems.size();
        int number = 0;
        for (byte[] line : lines(bytes)) {
            number++;
            String text;
            try {
                text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString().replace(BYTE_ORDER_MARK, "");
            } catch (CharacterCodingException _) {
                problems.add(new Problem(file + ", line " + number, "is not text in UTF-8"));
                continue;
            }
            if (!text.isBlank()) {
                int at = number;
                GivenFile.readLine(file, number, text, KIND, problems).ifPresent(fields -> take(at, fields));
            }
        }
        if (workloads.isEmpty() && problems.size() == before) {
            problems.add(new Problem(file, "is empty; a workload is " + KIND.content()));
        }
    }

    private static List<byte[]> lines(byte[] bytes) {
        var lines = new ArrayList<byte[]>();
        int from = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                lines.add(Arrays.copyOfRange(bytes, from, i));
                from = i + 1;
            }
        }
        return lines;
    }

    private void take(int line, Fields fields) {
        var settings = new EnumMap<Setting, Given>(Setting.class);
        Optional<String> name = Optional.empty();
        String description = "";
        for (Map.Entry<String, Given> field : fields.fields().entrySet()) {
            if (NAMES.contains(field.getKey())) {
                name = text(field.getValue());
            } else if (field.getKey().equals(DESCRIPTION)) {
                description = text(field.getValue()).orElse("");
            } else {
                take(field.getKey(), field.getValue(), settings);
            }
        }
        if (name.isEmpty() && NAMES.stream().noneMatch(fields.fields()::containsKey)) {
            problems.add(new Problem(file + ", line " + line, "has no name: {\"name\": \"mine\", ...}"));
        }
        name.ifPresent(given -> {
            Integer before = linesOfNames.putIfAbsent(given, line);
            if (before != null) {
                problems.add(new Problem(file + ", line " + line, "the name '" + given + "' stands in line " + before + ", too"));
            }
        });
        if (!settings.containsKey(Setting.MODE)) {
            boolean hybrid = settings.keySet().stream().anyMatch(HYBRID::contains);
            settings.put(Setting.MODE, new Scalar(new Origin.FileLine(file, line, "mode"), Form.TEXT, hybrid ? "hybrid" : "llm"));
        }
        workloads.add(new Workload(name.orElse("line " + line), description, line, settings));
    }

    private Optional<String> text(Given value) {
        if (value instanceof Scalar(Origin _, Form form, String text) && form == Form.TEXT && !text.isBlank()) {
            return Optional.of(text);
        }
        problems.add(value.origin().problem("must be a text, but is " + value.shown()));
        return Optional.empty();
    }

    private void take(String key, Given value, Map<Setting, Given> settings) {
        if (key.equals(BURSTS)) {
            group(value, "burst_size: 50", (inner, given) -> take(inner, given, settings));
        } else if (DEADLINE_GROUPS.contains(key)) {
            group(value, "HIGH: 500", (priority, given) -> {
                Optional<Setting> setting = Setting.deadlineNamed(priority);
                if (setting.isPresent()) {
                    put(priority, setting.get(), given, settings);
                } else {
                    problems.add(given.origin().sentence(WorkloadChoice.unknownDeadline(priority)));
                }
            });
        } else if (key.equals(Setting.SLO_GROUP)) {
            group(value, "high_priority_deadline_ms: 500", (inner, given) -> deadline(inner, given, settings));
        } else {
            Setting setting = OTHER_NAMES.get(key);
            for (Setting allowed : ALLOWED) {
                setting = allowed.key().equals(key) ? allowed : setting;
            }
            if (setting == null) {
                var keys = List.copyOf(keys());
                String hint = DidYouMean.hint(keys, key);
                problems.add(value.origin().sentence("unknown key '" + key + "'" + (hint.isEmpty() ? "; docs/reference/data.md has them all" : hint)));
            } else {
                put(key, setting, value, settings);
            }
        }
    }

    private void deadline(String key, Given value, Map<Setting, Given> settings) {
        for (Setting setting : Setting.values()) {
            if (setting.isDeadline() && setting.key().equals(key)) {
                put(key, setting, value, settings);
                return;
            }
        }
        problems.add(value.origin().sentence("unknown key '" + key + "' in " + Setting.SLO_GROUP));
    }

    private void put(String key, Setting setting, Given value, Map<Setting, Given> settings) {
        if (settings.putIfAbsent(setting, value) != null) {
            problems.add(value.origin().sentence("'" + key + "' is given twice, by this name and by another; leave one of them out"));
        }
    }

    private interface Taker {
        void take(String key, Given value);
    }

    private void group(Given value, String example, Taker taker) {
        if (value instanceof Fields fields) {
            fields.fields().forEach(taker::take);
        } else {
            problems.add(value.origin().problem("must be a group of keys such as {" + example + "}, but is " + value.shown()));
        }
    }
}
