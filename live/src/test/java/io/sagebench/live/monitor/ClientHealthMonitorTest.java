package io.sagebench.live.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sagebench.metrics.ClientHealth;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClientHealthMonitorTest {

    @Test
    void sharesAndErrorsCountFromTheStart() {
        var errors = new AtomicLong(5);
        var monitor = new ClientHealthMonitor(errors::get);
        monitor.start();
        errors.addAndGet(2);
        ClientHealth health = monitor.stop();
        assertThat(health.localSocketErrors()).isEqualTo(2);
        assertThat(health.cpuShare().orElseThrow()).isBetween(0.0, 1.0);
        assertThat(health.pausedShare().orElseThrow()).isBetween(0.0, 1.0);
        assertThat(health.longestPauseNanos()).isNotNegative();

        monitor.start();
        assertThat(monitor.stop().localSocketErrors()).isZero();
    }

    @Test
    void aCollectionDoesNotDisturb() {
        var monitor = new ClientHealthMonitor(() -> 0);
        long before = collections();
        monitor.start();
        System.gc();
        await().until(() -> collections() > before);
        assertThat(monitor.stop().longestPauseNanos()).isNotNegative();
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
