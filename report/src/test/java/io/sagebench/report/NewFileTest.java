package io.sagebench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
    private static final Path FULL_DISK = Path.of("/dev/full");

    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void leavesNothingBehindOnAFullDisk() throws IOException {
        Path target = onFullDisk("a.yaml");
        NewFile file = NewFile.begin(target, false);
        file.stream().write("half".getBytes(UTF_8));
        assertThatThrownBy(file::discard).isInstanceOf(IOException.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void keepsWhatWasThereWhenItCannotWrite() throws IOException {
        Path target = Files.writeString(onFullDisk("a.yaml"), "old");
        assertThatThrownBy(() -> NewFile.write(target, "new".getBytes(UTF_8), true)).isInstanceOf(IOException.class);
        assertThat(target).hasContent("old");
        assertThat(NewFile.temporary(target)).doesNotExist();
        NewFile.write(target, "new".getBytes(UTF_8), true);
        assertThat(target).hasContent("new");
    }

    private Path onFullDisk(String name) throws IOException {
        assumeTrue(Files.exists(FULL_DISK));
        Path target = directory.resolve(name);
        Files.createSymbolicLink(NewFile.temporary(target), FULL_DISK);
        return target;
    }
}
