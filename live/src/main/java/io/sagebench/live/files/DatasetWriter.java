package io.sagebench.live.files;

import io.sagebench.workload.PromptPool;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes datasets, a row after the other. An existing file is not replaced.
public final class DatasetWriter {
    private DatasetWriter() {}

    /// How a dataset is written.
    public enum Form {
        /// The documented layout.
        JSONL,
        /// With a header.
        CSV;

        /// The stable name.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Writes all rows.
    ///
    /// @param key of the texts: `prompt` or `text`
    public static void write(PromptPool pool, String key, Form form, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)) {
            if (form == Form.CSV) {
                out.write("id," + key + ",system_prompt,expected_tokens\n");
            }
            for (long row = 0; row < pool.size(); row++) {
                out.write(form == Form.CSV ? csv(pool, row) : json(pool, row, key));
                out.write('\n');
            }
        }
    }

    private static String csv(PromptPool pool, long row) {
        return (row + 1) + "," + CsvCells.written(pool.text(row)) + "," + CsvCells.written(pool.system(row).orElse("")) + ","
                + (pool.outputTokens(row).isPresent() ? pool.outputTokens(row).getAsInt() : "");
    }

    private static String json(PromptPool pool, long row, String key) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", Long.toString(row + 1));
        node.put(key, pool.text(row));
        pool.system(row).ifPresent(system -> node.put("system_prompt", system));
        pool.outputTokens(row).ifPresent(tokens -> node.put("expected_tokens", tokens));
        return JsonMapper.shared().writeValueAsString(node);
    }
}
