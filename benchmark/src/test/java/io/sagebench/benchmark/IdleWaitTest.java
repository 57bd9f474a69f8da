package io.sagebench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdleWaitTest {
    private final List<Long> pauses = new ArrayList<>();
    private Optional<Duration> settle = Optional.empty();

    @Test
    void goesOnAtOnceWhenTheServerIsIdle() {
        assertThat(waiting("{\"queued\":0,\"running\":0}").await()).isEmpty();
        assertThat(pauses).isEmpty();
    }

    @Test
    void waitsUntilQueueAndEnginesAreEmpty() {
        assertThat(waiting("{\"queued\":2,\"running\":3}", "{\"queued\":0,\"running\":1}", "{\"queued\":0,\"running\":0}").await()).isEmpty();
        assertThat(pauses).containsExactly(100L, 100L);
    }

    @Test
    void givesUpAfterHalfAMinuteAndSaysSo() {
        assertThat(waiting("{\"queued\":0,\"running\":4}").await())
                .contains("the server still had 4 requests 30 s after the policy before");
        assertThat(pauses).hasSize(300);
    }

    @Test
    void pausesBeforeAServerThatDoesNotSay() {
        assertThat(new IdleWait(Optional::empty, pauses::add, settle).await()).isEmpty();
        assertThat(waiting("{\"uptime\":1}").await()).isEmpty();
        assertThat(waiting("no JSON").await()).isEmpty();
        assertThat(pauses).containsExactly(1000L, 1000L, 1000L);
    }

    @Test
    void pausesAsLongAsItIsToldOnceTheServerIsIdle() {
        settle = Optional.of(Duration.ofSeconds(5));
        assertThat(waiting("{\"queued\":0,\"running\":1}", "{\"queued\":0,\"running\":0}").await()).isEmpty();
        assertThat(pauses).containsExactly(100L, 5000L);
        assertThat(waiting("no JSON").await()).isEmpty();
        assertThat(pauses).containsExactly(100L, 5000L, 5000L);
    }

    /// One that hears these answers, the last one again and again.
    private IdleWait waiting(String... answers) {
        Deque<String> left = new ArrayDeque<>(List.of(answers));
        return new IdleWait(() -> Optional.of(left.size() > 1 ? left.removeFirst() : left.getFirst()), pauses::add, settle);
    }
}
