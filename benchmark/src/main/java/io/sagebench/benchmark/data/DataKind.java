package io.sagebench.benchmark.data;

import io.sagebench.live.files.DataFile;
import io.sagebench.live.files.TraceFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a file of data is for.
public enum DataKind {
    /// Loads by their names.
    WORKLOADS,
    /// Prompts to answer.
    PROMPTS,
    /// Texts to embed.
    TEXTS,
    /// A recorded load.
    TRACE;

    private static final int LOOKED_AT = 1 << 16;
    private static final Pattern OF_WORKLOADS = Pattern.compile("\"(workload_id|num_requests|request_count|request_rate|rate_per_second|arrival_pattern)\"\\s*:");
    private static final Pattern OF_TEXTS = Pattern.compile("\"(text_id|texts|expected_dim)\"\\s*:");
    private static final Pattern OF_PROMPTS = Pattern.compile("\"(prompt|prompt_id|expected_tokens|conversations?|system_prompt)\"\\s*:");
    private static final Pattern TEXT_ALONE = Pattern.compile("\"text\"\\s*:");

    /// The stable name.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What a file seems to be by its beginning; prompts, when nothing else.
    static DataKind of(Path file) {
        if (TraceFile.looksLikeOne(file)) {
            return TRACE;
        }
        String begins = beginning(DataFile.of(file));
        if (OF_PROMPTS.matcher(begins).find()) {
            return PROMPTS;
        }
        if (OF_WORKLOADS.matcher(begins).find()) {
            return WORKLOADS;
        }
        return OF_TEXTS.matcher(begins).find() || TEXT_ALONE.matcher(begins).find() ? TEXTS : PROMPTS;
    }

    private static String beginning(DataFile file) {
        char[] begins = new char[LOOKED_AT];
        try (var in = new BufferedReader(new InputStreamReader(file.open(), StandardCharsets.UTF_8))) {
            int read = in.read(begins);
            return read <= 0 ? "" : new String(begins, 0, read);
        } catch (IOException _) {
            return ""; // reading it will tell
        }
    }
}
