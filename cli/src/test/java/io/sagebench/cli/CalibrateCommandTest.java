package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateCommandTest {
    private final CommandLineHarness line = new CommandLineHarness();

    @TempDir
    private Path directory = Path.of("unset");

    /// The starting profile has a KV cache of 64 tokens: it refuses every request of the log.
    @Test
    void saysWhatWasNotCompared() throws IOException {
        assertThat(line.execute("profiles", "llama3-8b-rtx4090")).isZero();
        String profile = line.out().replaceAll("num_gpu_blocks: \\d+", "num_gpu_blocks: 4").replaceAll("max_model_len: \\d+", "max_model_len: 64");
        Path small = Files.writeString(directory.resolve("small.yaml"), profile);
        Path mine = directory.resolve("mine.yaml");
        assertThat(line.execute("calibrate", "--log", log(1).toString(), "--start-from", small.toString(), "-o", mine.toString()))
                .isZero();
        assertThat(line.out())
                .containsPattern("starting profile, held-out half \\| 0 +\\| - +\\| - +\\| - +\\|")
                .containsPattern("fitted, held-out half +\\| 15 +\\| [+-]\\d\\S* / \\S+ % +\\| - +\\| [+-]\\d")
                .contains("Of 'starting profile, held-out half' 15 of 15 requests are in no error: the simulated engine refuses them");
        assertThat(mine).content().contains("15 of 15 requests are in no error");
    }

    @Test
    void refusesAPlaceItCannotWriteToBeforeItMeasures() throws IOException {
        Path nowhere = directory.resolve("none").resolve("mine.yaml");
        assertThat(line.execute("calibrate", "--log", log(8).toString(), "-o", nowhere.toString())).isEqualTo(2);
        assertThat(line.errLines())
                .containsExactly("--output: cannot write " + nowhere + ": there is no such directory; choose another place");
        Path taken = Files.createDirectory(directory.resolve("taken.yaml"));
        assertThat(line.execute("calibrate", "--log", log(8).toString(), "--force", "-o", taken.toString())).isEqualTo(2);
        assertThat(line.errLines()).containsExactly("--output: " + taken + " is a directory; give the name of a file");
    }

    private Path log(int outputTokens) throws IOException {
        var csv = new StringBuilder("sent_s,first_token_s,last_token_s,prompt_tokens,output_tokens\n");
        for (int i = 0; i < 30; i++) {
            int prompt = 128 << (i % 5);
            double first = i * 10 + 0.02 + prompt * 1e-4;
            csv.append(i * 10).append(',').append(first).append(',').append(first + (outputTokens - 1) * 0.02)
                    .append(',').append(prompt).append(',').append(outputTokens).append('\n');
        }
        return Files.writeString(directory.resolve("log.csv"), csv);
    }
}
