package io.sagebench.benchmark.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.data.WorkloadData.Looked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every example of the page of data is read as what it says it is.
class DataPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("```(workloads|prompts|texts|trace)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void everyExampleIsValid() throws IOException {
        var data = new WorkloadData(Map.of(), List.of("fifo", "priority", "slo_aware"));
        var examples = EXAMPLE.matcher(Files.readString(Path.of("../docs/reference/data.md"))).results().toList();
        assertThat(examples).hasSize(13);
        for (var example : examples) {
            Path file = Files.writeString(directory.resolve("example"), example.group(2));
            DataKind kind = DataKind.valueOf(example.group(1).toUpperCase(Locale.ROOT));
            assertThat(data.validate(file, Optional.of(kind))).as(example.group()).isInstanceOf(Looked.Good.class);
            if (kind == DataKind.TRACE) {
                assertThat(DataKind.of(file)).isEqualTo(kind);
            }
        }
    }
}
