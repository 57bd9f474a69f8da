package io.sagebench.live.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RehearsalTest {

    @Test
    void endsByItselfAndLeavesNoThread() {
        assertThatCode(() -> Rehearsal.run(Duration.ofMillis(200))).doesNotThrowAnyException();
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().equals("rehearsal"));
    }
}
