package io.sagebench.benchmark.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GivenFileTest {
    private static final GivenFile.Kind KIND = new GivenFile.Kind("a file", "keys", "ask");

    @TempDir
    private Path directory = Path.of("unset");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "engines:/  - d: a/   id: x  | , line 3: not valid: is indented otherwise than the lines it belongs to",
                "a:/  b: 1/ - c: 2          | , line 3: not valid: is indented otherwise than the lines it belongs to",
                "a: 1/b: [1, 2]]            | , line 2: not valid: has a ']' where it belongs to nothing",
                "a: [1, 2/b: 3              | , line 2: not valid: a ',' or ']' is missing here or before; the '[' is in line 1",
                "a: {b: 1/c: 2              | , line 2: not valid: a ',' or '}' is missing here or before; the '{' is in line 1",
                "a:~1                       | , line 1: not valid: has a tab where YAML wants blanks",
                "a: @b                      | , line 1: not valid: a text that begins with @ must stand in quotes",
                "a: 1/b: %b                 | , line 2: not valid: a text that begins with % must stand in quotes",
                "a: 1/b: \"c                 | , line 2: not valid: has a quote that is not closed",
                "a: \"x\\qy\"                | , line 1: not valid: there is no '\\q' in double quotes; single quotes take a text as it is",
                "a: 1/bcd                   | , line 2: not valid: has a key without ':'",
                "a: b: c                    | , line 1: not valid: has a ':' where no key can be; a text with ': ' in it must stand in quotes, or the"
                        + " line before lacks its ':', or the indentation differs",
                "a: &x 1/b: *x              | , line 2: b is *x, but anchors are not followed here; write the value out",
                "a: 1/---/b: 2              | , line 3: has a second document; only one is read",
                "- a                        | : expected keys, but found no keys"
            })
    void saysInOneLineWhatIsWrongInYaml(String text, String message) throws IOException {
        assertThat(problems("a.yaml", text, UTF_8)).containsExactly(directory.resolve("a.yaml") + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": 1,/ \"b\": }     | , line 2: not valid: unexpected character '}': expected a value",
                "{\"a\": 1,/ \"b\": c}    | , line 2: not valid: unrecognized token 'c': expected a value",
                "{\"a\": 1,}            | , line 1: not valid: unexpected character '}': expected a key in double quotes",
                "{a: 1}                 | , line 1: not valid: unexpected character 'a': expected a key in double quotes",
                "{\"a\": [1, 2}         | , line 1: not valid: unexpected close marker '}': expected ']'",
                "{\"a\": 1              | , line 2: not valid: it ends before a '{' is closed",
                "{\"a\": 1} x           | , line 1: not valid: unrecognized token 'x': expected a value"
            })
    void saysInOneLineWhatIsWrongInJson(String text, String message) throws IOException {
        assertThat(problems("a.json", text, UTF_8)).containsExactly(directory.resolve("a.json") + message);
    }

    @Test
    void listsEveryKeyThatStandsTwice() throws IOException {
        assertThat(problems("a.yaml", "a: 1/b:/  c: 1/  c: 2/a:/a: 3", UTF_8))
                .containsExactly(
                        directory.resolve("a.yaml") + ", line 4: c stands here a second time, after line 3",
                        directory.resolve("a.yaml") + ", line 5: a stands here a second time, after line 1",
                        directory.resolve("a.yaml") + ", line 6: a stands here a second time, after line 1");
    }

    @Test
    void saysThatAFileIsNoText() throws IOException {
        assertThat(problems("a.yaml", "a: \u00fc", ISO_8859_1)).containsExactly(directory.resolve("a.yaml") + ": is not text in UTF-8");
    }

    /// @param text with / for the end of a line and ~ for a tab
    private List<String> problems(String name, String text, Charset charset) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text.replace('/', '\n').replace('~', '\t') + "\n", charset);
        var problems = new ArrayList<Problem>();
        GivenFile.read(file, KIND, problems);
        return problems.stream().map(Problem::toString).toList();
    }
}
