package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.LocalServing;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `engine compare`, with mock engines behind real ports.
class EngineCompareCommandTest {
    @TempDir
    private Path directory = Path.of("unset");

    private final CommandLineHarness line = new CommandLineHarness(new LocalServing(_ -> {}), 200);

    @Test
    void twoEnginesAreMeasuredAndTheFilesAreWritten() {
        int code = line.execute("engine", "compare", "--target", "One=mock", "--target", "two=mock", "--batch-size", "1,2", "--repeats", "3",
                "--prompt-tokens", "16", "--max-output-tokens", "4", "-o", directory.toString());

        assertThat(code).as(line.err()).isZero();
        assertThat(line.out()).contains("| short_b1 | One    | 3/3").contains("| short_b2 | two    | 6/6").contains("One: baseline");
        assertThat(directory.resolve("one.json")).content().contains("\"short_b1\"").contains("\"repeats\"").contains("\"backend\": \"mock\"");
        assertThat(directory.resolve("two.json")).exists();
        assertThat(directory.resolve("comparison.md")).content().startsWith("# Comparison of engines");
        assertThat(directory.resolve("comparison.json")).content().contains("\"batch_sizes\" : [ 1, 2 ]").contains("\"rounds\" : 3");
    }

    @Test
    void aDeadTargetIsAFailure() {
        int code = line.execute("engine", "compare", "--target", "here=mock", "--target", "gone=http://127.0.0.1:9", "--batch-size", "1", "--repeats",
                "1", "--prompt-tokens", "16", "--max-output-tokens", "2", "-o", directory.toString());

        assertThat(code).isEqualTo(1);
        assertThat(line.out()).contains("gone: FAILED").contains("here: baseline");
        assertThat(directory.resolve("comparison.json")).content().contains("\"ok\" : false");
    }

    @Test
    void aServerThatWasStartedAndEndsIsAFailureWithItsLog() {
        int code = line.execute("engine", "compare", "--target", "here=mock", "--target", "mine=vllm:http://127.0.0.1:9/v1", "--target-command",
                "mine=echo no card here; exit 7", "--batch-size", "1", "--repeats", "1", "--prompt-tokens", "16", "--max-output-tokens", "2",
                "-o", directory.toString());

        assertThat(code).isEqualTo(1);
        assertThat(line.err()).contains("mine: its command ended with exit code 7 before it answered");
        assertThat(directory.resolve("mine.log")).content().contains("no card here");
    }

    @Test
    void wholeAnswersHaveNoTimeToTheFirstToken() {
        int code = line.execute("engine", "compare", "--target", "a=mock", "--target", "b=mock", "--batch-size", "2", "--repeats", "1", "--no-streaming",
                "--prompt-tokens", "16", "--max-tokens", "4", "--format", "json", "-o", directory.toString());

        assertThat(code).as(line.err()).isZero();
        assertThat(line.out()).contains("\"avg_ttft_ms\" : null").contains("\"kind\" : \"compare\"");
    }

    @Test
    void allMistakesAreSaidAtOnce() {
        int code = line.execute("engine", "compare", "--target", "a=localhost:8000", "--target", "A=mock", "--target-command", "b=run", "--batch-size",
                "0", "--repeats", "none", "--temperature", "hot", "--request-timeout", "soon", "--format", "pdf", "-o", directory.toString());

        assertThat(code).isEqualTo(2);
        assertThat(line.err())
                .contains("'localhost:8000' is neither mock or cpu, nor a URL with a scheme such as http://localhost:8000")
                .contains("'A' is like another")
                .contains("--target-command: there is no target 'b'")
                .contains("--batch-size: must be a whole number from 1")
                .contains("--repeats: must be a whole number from 1")
                .contains("--request-timeout: must be a time such as 60s")
                .contains("--format: must be table, markdown, json");
        assertThat(directory).isEmptyDirectory();
        assertThat(line.execute("engine", "compare", "--target", "Comparison=mock", "--target", "b=mock")).isEqualTo(2);
        assertThat(line.err()).contains("the label 'Comparison' would take the name of the comparison's own files");
        assertThat(line.execute("engine", "compare", "--target", "a=mock")).isEqualTo(2);
        assertThat(line.err()).contains("repeat it at least twice");
    }
}
