package io.sagebench.report.formats;

import io.sagebench.report.NewFile;
import io.sagebench.report.results.ResultsFile;
import io.sagebench.report.results.ResultsFile.Unusable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A file layout of another tool.
public enum SaveFormat {
    /// One object for each policy, as `vllm bench serve --save-result` writes it.
    VLLM,
    /// A line for each policy, as `sglang.bench_serving --output-file` writes it.
    SGLANG,
    /// One document with a benchmark for each policy, as GuideLLM's `benchmarks.json`.
    GUIDELLM;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// The stable name in options.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The layout of this name.
    public static Optional<SaveFormat> named(String name) {
        return Arrays.stream(values()).filter(format -> format.wireName().equals(name)).findFirst();
    }

    /// The names of all.
    public static List<String> names() {
        return Arrays.stream(values()).map(SaveFormat::wireName).toList();
    }

    /// Writes a report's results in this layout beside it.
    ///
    /// @param replace whether files of these names may be there already
    /// @return what was written
    /// @throws Unusable when the report lacks its requests
    public List<Path> write(ResultsFile file, boolean replace) throws IOException, Unusable {
        var written = new ArrayList<Path>();
        String stem = String.valueOf(file.path().getFileName()).replaceFirst("\\.json$", "");
        switch (this) {
            case VLLM -> {
                for (String policy : file.policies()) {
                    ObjectNode json = VllmFile.of(file, policy);
                    String name = policy + "-" + rate(file) + "qps-" + plain(json.path("model_id").asString("")) + "-" + date(file);
                    written.add(put(file, stem + "." + name + ".json", MAPPER.writeValueAsString(json), replace));
                }
            }
            case SGLANG -> {
                var lines = new StringBuilder();
                for (String policy : file.policies()) {
                    lines.append(MAPPER.writeValueAsString(SglangFile.of(file, policy))).append('\n');
                }
                written.add(put(file, stem + ".sglang.jsonl", lines.toString(), replace));
            }
            case GUIDELLM ->
                written.add(put(
                        file,
                        stem + ".benchmarks.json",
                        MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(GuidellmFile.of(file)),
                        replace));
        }
        return written;
    }

    private static Path put(ResultsFile file, String name, String text, boolean replace) throws IOException {
        Path target = file.path().resolveSibling(name);
        NewFile.write(target, text.getBytes(StandardCharsets.UTF_8), replace);
        return target;
    }

    /// When the run began, as these tools write it.
    static String date(ResultsFile file) {
        return DATE.format(Instant.parse(file.tree().path("run").path("started_at").asString("1970-01-01T00:00:00Z")));
    }

    /// The configured rate; `inf` when all requests are sent at once or as soon as there is room.
    static String rate(ResultsFile file) {
        JsonNode config = file.tree().path("config");
        return config.path("request_rate").isNumber() && !config.path("arrival_pattern").asString("").equals("batch")
                ? Double.toString(config.path("request_rate").asDouble())
                : "inf";
    }

    private static String plain(String model) {
        return model.substring(model.lastIndexOf('/') + 1).replaceAll("[^\\w.+-]", "_");
    }
}
