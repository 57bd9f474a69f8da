package io.sagebench.report.json;

import io.sagebench.report.NewFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;

/// A file of JSON that appears whole or not at all.
final class WholeFile {
    private WholeFile() {}

    /// @param replace whether a file of that name may be there already
    /// @param content writes one value
    static void write(Path target, boolean replace, Consumer<JsonGenerator> content) throws IOException {
        NewFile file = NewFile.begin(target, replace);
        try {
            try (JsonGenerator json = Json.indented(file.stream())) {
                content.accept(json);
            } catch (JacksonException broken) {
                throw broken.getCause() instanceof IOException cause ? cause : new IOException(broken.getMessage(), broken);
            }
            file.stream().write('\n');
            file.finish();
        } catch (IOException broken) {
            file.discard();
            throw broken;
        }
    }
}
