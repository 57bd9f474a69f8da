package io.sagebench.inference.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TinyModelsTest {

    @Test
    void whatShipsIsWhatTheMakerMakes() throws IOException {
        requireSame(TinyModels.decoder(TinyShape.DECODER), TinyModels.SHIPPED.resolve("decoder"));
        requireSame(TinyModels.encoder(TinyShape.ENCODER), TinyModels.SHIPPED.resolve("encoder"));
    }

    @Test
    void theyAreTiny() throws IOException {
        assertThat(bytes("decoder")).isLessThan(2_000_000);
        assertThat(bytes("encoder")).isLessThan(1_000_000);
    }

    @Test
    void trainsTheCommonestPairsFirst() {
        var bpe = new BpeTrainer(List.of("aab aab aab", "ab"), 3);
        assertThat(bpe.merges()).containsExactly("a b", "a ab", "Ġ aab");
        assertThat(bpe.vocabulary().subList(256, 259)).containsExactly("ab", "aab", "Ġaab");
        assertThat(BpeTrainer.bytes("Ġé")).containsExactly(' ', 0xe9);
    }

    private static void requireSame(Map<String, byte[]> made, Path folder) throws IOException {
        assertThat(made).isNotEmpty();
        for (Map.Entry<String, byte[]> file : made.entrySet()) {
            assertThat(Files.readAllBytes(folder.resolve(file.getKey())))
                    .as("%s: run TinyModels to make it anew", file.getKey())
                    .isEqualTo(file.getValue());
        }
        try (Stream<Path> shipped = Files.walk(folder)) {
            assertThat(shipped.filter(Files::isRegularFile).count()).isEqualTo(made.size());
        }
    }

    private static long bytes(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(TinyModels.SHIPPED.resolve(folder))) {
            return files.filter(Files::isRegularFile).mapToLong(TinyModelsTest::size).sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
