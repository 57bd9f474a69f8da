package io.sagebench.live.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sagebench.live.files.TraceReading.Loaded;
import io.sagebench.live.files.TraceReading.Unreadable;
import io.sagebench.workload.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceFileTest {
    private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens\r\n";

    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void keepsTimesToTheLastDigitAndCountsThemFromTheFirstRow() throws IOException {
        Trace trace = loaded("2023-11-16 18:15:46.6805900,374,44\r\n2023-11-16 18:15:50.9951691,396,109\r\n").trace();
        assertThat(trace.size()).isEqualTo(2);
        assertThat(trace.atNanos(0)).isZero();
        assertThat(trace.atNanos(1)).isEqualTo(4_314_579_100L);
        assertThat(trace.promptTokens(1)).isEqualTo(396);
        assertThat(trace.outputTokens(1)).isEqualTo(109);
        assertThat(trace.name()).isEqualTo("trace.csv");
    }

    @ParameterizedTest
    @CsvSource({
        "2023-11-16 18:15:47,         1000000000",
        "2023-11-16 18:15:47.5,       1500000000",
        "2023-11-16T18:15:47.123456Z, 1123456000",
        "2023-11-16 18:15:47.1234567899, 1123456789",
        "2023-11-16 19:15:47.000001+01:00, 1000001000",
        "2023-11-17 00:00:00.0000001, 20654000000100",
    })
    void readsAnyNumberOfFractionDigits(String time, long expectedNanos) throws IOException {
        assertThat(loaded("2023-11-16 18:15:46,1,1\n" + time + ",1,1\n").trace().atNanos(1)).isEqualTo(expectedNanos);
    }

    @Test
    void readsNoMoreThanItIsAskedFor() throws IOException {
        String rows = "2023-11-16 18:15:46,1,1\n2023-11-16 18:15:47,2,1\n2023-11-16 18:15:48,3,1\nnonsense\n";
        assertThat(loaded(rows, TraceLimit.requests(2)).trace().size()).isEqualTo(2);
        assertThat(loaded(rows, TraceLimit.span(Duration.ofSeconds(2))).trace().size()).isEqualTo(2);
        assertThat(loaded(rows, new TraceLimit(3, Duration.ofSeconds(1))).trace().size()).isEqualTo(1);
    }

    @Test
    void readsALengthOfZeroAsOneAndCountsIt() throws IOException {
        Loaded loaded = loaded("2023-11-16 18:15:46,10,0\n2023-11-16 18:15:47,0,5\n2023-11-16 18:15:47,7,5\n");
        assertThat(loaded.raisedToOne()).isEqualTo(2);
        assertThat(loaded.trace().outputTokens(0)).isEqualTo(1);
        assertThat(loaded.trace().promptTokens(1)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2023-11-16 18:15:46,374 | line 2: expected a row like 2023-11-16 18:15:46.6805900,374,44, but found '2023-11-16 18:15:46,374'",
                "2023-13-16 18:15:46,374,4 | line 2: expected a row like 2023-11-16 18:15:46.6805900,374,44, but found '2023-13-16 18:15:46,374,4'",
                "2023-11-16 18:15:46,-3,4 | line 2: ContextTokens must be a whole number of at least 0, but is '-3'",
                "2023-11-16 18:15:46,3,4.5 | line 2: GeneratedTokens must be a whole number of at least 0, but is '4.5'",
            })
    void namesTheLineThatIsWrong(String row, String expected) throws IOException {
        assertThat(unreadable(HEADER + row + "\n")).endsWith("trace.csv, " + expected);
    }

    @Test
    void namesTheRowThatGoesBackInTime() throws IOException {
        assertThat(unreadable(HEADER + "2023-11-16 18:15:46,1,1\n2023-11-16 18:15:47,1,1\n2023-11-16 18:15:46.5,1,1\n"))
                .endsWith("trace.csv, line 4: the times must not decrease, but 2023-11-16 18:15:46.5 is before the time of the row above");
    }

    @Test
    void saysWhatTheHeaderMustBe() throws IOException {
        assertThat(unreadable("time,in,out\n"))
                .contains("line 1: must be a header such as TIMESTAMP,ContextTokens,GeneratedTokens or a JSON row such as {")
                .endsWith("but is 'time,in,out'");
        assertThat(unreadable("")).endsWith("trace.csv: is empty");
    }

    @Test
    void refusesATraceWithoutRequests() throws IOException {
        assertThat(unreadable(HEADER)).endsWith("trace.csv: has no requests below its header");
    }

    @Test
    void saysWhenThereIsNoSuchFile() {
        assertThat(TraceFile.read(directory.resolve("none.csv"), TraceLimit.NONE))
                .isEqualTo(new Unreadable(List.of(directory.resolve("none.csv") + ": there is no such file")));
    }

    @Test
    void readsThePublicConversationTrace() {
        Path file = Path.of("..", "..", "shared", "data", "azure-llm-2023-conv.csv");
        assumeTrue(Files.exists(file), "skipped: the public trace azure-llm-2023-conv.csv is not on this machine");
        assertThat(TraceFile.read(file, TraceLimit.NONE)).isInstanceOfSatisfying(Loaded.class, loaded -> {
            Trace trace = loaded.trace();
            assertThat(trace.size()).isEqualTo(19_366);
            assertThat(trace.atNanos(1)).isEqualTo(4_314_579_000L);
            assertThat(IntStream.range(0, trace.size()).mapToLong(trace::promptTokens).average())
                    .hasValueCloseTo(1_155.0, org.assertj.core.data.Offset.offset(1.0));
        });
    }

    private Loaded loaded(String rows) throws IOException {
        return loaded(rows, TraceLimit.NONE);
    }

    private Loaded loaded(String rows, TraceLimit limit) throws IOException {
        TraceReading reading = TraceFile.read(Files.writeString(directory.resolve("trace.csv"), HEADER + rows), limit);
        assertThat(reading).isInstanceOf(Loaded.class);
        return (Loaded) reading;
    }

    private String unreadable(String text) throws IOException {
        TraceReading reading = TraceFile.read(Files.writeString(directory.resolve("trace.csv"), text), TraceLimit.NONE);
        assertThat(reading).isInstanceOf(Unreadable.class);
        return String.join("\n", ((Unreadable) reading).messages());
    }
}
