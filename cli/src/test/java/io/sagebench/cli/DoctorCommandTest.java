package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class DoctorCommandTest {
    private static final String NOBODY = "http://127.0.0.1:9"; // discard: nobody listens there

    private final CommandLineHarness line = new CommandLineHarness();

    @Test
    void aTargetThatIsNotThereIsAFailedCheckWithWhatToDo() {
        assertThat(line.execute("doctor", "-c", NOBODY)).isEqualTo(ExitCode.MISSED);
        assertThat(line.out().lines().toList())
                .anyMatch(found -> found.startsWith("ok    Java "))
                .anyMatch(found -> found.matches("fail  target +" + NOBODY + ": no connection"))
                .anyMatch(found -> found.matches(" +start it, or correct the URL"));
        assertThat(line.out()).containsPattern("\\d checks? failed, \\d warnings?\\.");
    }

    @Test
    void theTargetMayStandInTheEnvironmentAndTheAnswerIsJsonWhenAskedFor() {
        line.environment.put("SAGE_CONTROL_PLANE_URL", NOBODY);
        assertThat(line.execute("doctor", "--format", "json")).isEqualTo(ExitCode.MISSED);
        assertThat(JsonMapper.shared().readTree(line.out()).path("ok").asBoolean(true)).isFalse();
    }

    @Test
    void mistakesAreToldTogether() {
        assertThat(line.execute("doctor", "-c", "nowhere", "--format", "xml")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(line.errLines()).hasSize(2).anyMatch(wrong -> wrong.startsWith("--control-plane: ")).anyMatch(wrong -> wrong.startsWith("--format: "));
    }
}
