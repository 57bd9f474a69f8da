package io.sagebench.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddAPolicyPageTest {
    private static final Path PAGE = Path.of("..", "docs", "how-to", "add-a-policy.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");

    @Test
    void theExamplesCompile(@TempDir Path folder) throws IOException {
        var options = new ArrayList<>(
                List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path")));
        List<String> examples = EXAMPLE.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
        assertThat(examples).hasSize(2);
        for (String example : examples) {
            String name = CLASS.matcher(example).results().findFirst().orElseThrow().group(1);
            options.add(Files.writeString(folder.resolve(name + ".java"), example).toString());
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, null);
        List<String> sources = options.subList(options.size() - examples.size(), options.size());
        var said = new StringWriter();
        boolean compiled = compiler.getTask(
                        said,
                        files,
                        null,
                        options.subList(0, options.size() - examples.size()),
                        null,
                        files.getJavaFileObjectsFromStrings(sources))
                .call();
        assertThat(compiled).as(said.toString()).isTrue();
    }
}
