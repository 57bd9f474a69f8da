package io.sagebench.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void isAShareOfTheRequestsOfTheLastTenSeconds() {
        var budget = new RetryBudget(new RetrySettings(2, 0.2, 0, Duration.ofSeconds(10)));
        assertThat(budget.allows(0)).isFalse();
        for (int i = 0; i < 50; i++) {
            budget.admitted(0);
        }
        assertThat(allowed(budget, 5 * SECOND)).isEqualTo(10);
        assertThat(budget.allows(9 * SECOND)).isFalse();
        assertThat(budget.allows(10 * SECOND)).as("all requests are past").isFalse();
    }

    @Test
    void hasAFloorThatComesBackAfterTheWindow() {
        var budget = new RetryBudget(new RetrySettings(2, 0.2, 3, Duration.ofSeconds(10)));
        assertThat(allowed(budget, 0)).isEqualTo(3);
        assertThat(allowed(budget, 9 * SECOND)).isZero();
        assertThat(allowed(budget, 10 * SECOND)).isEqualTo(3);
        assertThat(allowed(budget, 1_000 * SECOND)).isEqualTo(3);
    }

    private static int allowed(RetryBudget budget, long nowNanos) {
        int count = 0;
        while (budget.allows(nowNanos)) {
            count++;
        }
        return count;
    }
}
