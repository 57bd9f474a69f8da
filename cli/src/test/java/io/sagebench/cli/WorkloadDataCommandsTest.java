package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadDataCommandsTest {
    @TempDir
    private Path directory = Path.of("unset");

    private final CommandLineHarness line = new CommandLineHarness();

    @Test
    void listsNamesWithALineEach() {
        assertThat(line.execute("workload", "list")).isZero();
        assertThat(line.out().lines()).anyMatch(row -> row.startsWith("| light       | 100 chats at 10/s "))
                .anyMatch(row -> row.startsWith("| llm_prompts | 205 prompts"));
    }

    @Test
    void showsTheFirstRequestsOfAWorkload() {
        assertThat(line.execute("workload", "show", "balanced", "-n", "20", "--dataset", "llm_prompts")).isZero();
        assertThat(line.out()).startsWith("20 requests @ 50 req/s, seed 42\n").contains("embedding").contains("llm_chat");
        assertThat(line.execute("workload", "show", "balancd")).isEqualTo(2);
        assertThat(line.errLines()).singleElement().asString().startsWith("workload show: there is no workload 'balancd'");
    }

    @Test
    void describesATrace() throws IOException {
        Path trace = file("t.csv", "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,374,44\n2023-11-16 18:15:47,10,4\n");
        assertThat(line.execute("workload", "describe", trace.toString())).isZero();
        assertThat(line.out()).isEqualTo("""
                t.csv: Azure LLM trace (CSV), 2 requests
                Times: 1.000 s, 1.000 requests/s, coefficient of variation of the gaps unknown, index of dispersion in seconds unknown (both 1 for poisson)
                Prefixes: the trace does not say what prompts have in common

                | Tokens  | Mean  | Min | p50 | p90 | p99 | Max | Sum |
                |---------|-------|-----|-----|-----|-----|-----|-----|
                | Prompts | 192.0 | 10  | 10  | 374 | 374 | 374 | 384 |
                | Answers | 24.0  | 4   | 4   | 44  | 44  | 44  | 48  |
                """);
    }

    @Test
    void validatesAndNamesEveryMistake() throws IOException {
        Path prompts = file("p.jsonl", "{\"prompt\": \"a\"}\n{\"promt\": \"b\"}\n");
        assertThat(line.execute("workload", "validate", prompts.toString())).isEqualTo(2);
        assertThat(line.errLines()).containsExactly(
                prompts + ", line 2: has no prompt: one of the keys prompt, text, content, input must have it", prompts + ", line 2: unknown key 'promt'");
        assertThat(line.execute("workload", "validate", prompts.toString(), "--as", "songs")).isEqualTo(2);
        assertThat(line.errLines()).containsExactly("--as: must be one of workloads, prompts, texts, trace, but is 'songs'");
        Path good = file("g.jsonl", "{\"prompt\": \"a\"}\n");
        assertThat(line.execute("workload", "validate", good.toString())).isZero();
        assertThat(line.out()).isEqualTo(good + ": valid; JSONL with prompts, 1 rows\n");
    }

    @Test
    void convertsAndGenerates() throws IOException {
        Path plan = directory.resolve("plan.jsonl");
        assertThat(line.execute("workload", "generate", plan.toString(), "--workload", "light", "--texts")).isZero();
        assertThat(line.out()).isEqualTo(plan + ": 100 requests\n");
        Path csv = directory.resolve("plan.csv");
        assertThat(line.execute("workload", "convert", plan.toString(), csv.toString())).isZero();
        assertThat(line.out()).isEqualTo(csv + ": 100 requests as azure\n");
        assertThat(line.execute("workload", "convert", plan.toString(), csv.toString())).isEqualTo(2);
        assertThat(line.errLines()).containsExactly(csv + ": is there already; nothing was written");
        assertThat(line.execute("workload", "generate", directory.resolve("x").toString(), "--concurrency", "3")).isEqualTo(2);
        assertThat(line.errLines()).singleElement().asString().startsWith("--concurrency: a closed loop has no times");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
