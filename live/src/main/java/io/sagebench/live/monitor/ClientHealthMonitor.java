package io.sagebench.live.monitor;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import io.sagebench.metrics.ClientHealth;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/// Watches this process between [#start] and [#stop]: its share of the machine's processors, its garbage-collection pauses, and the socket
/// errors that this machine is to blame for. [#start] and [#stop] are called by one thread, alternately.
public final class ClientHealthMonitor {
    private final LongSupplier localSocketErrors;
    private final AtomicLong pausedNanos = new AtomicLong();
    private final AtomicLong longestPauseNanos = new AtomicLong();
    private final List<NotificationEmitter> watched = new ArrayList<>();
    private final NotificationListener listener = (notification, _) -> collected(notification);
    private long startedAtNanos;
    private long startedCpuNanos;
    private long startedSocketErrors;

    /// @param localSocketErrors counts up; asked at start and stop
    public ClientHealthMonitor(LongSupplier localSocketErrors) {
        this.localSocketErrors = localSocketErrors;
    }

    /// Begins to watch.
    public void start() {
        pausedNanos.set(0);
        longestPauseNanos.set(0);
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(listener, null, null);
                watched.add(emitter);
            }
        }
        startedSocketErrors = localSocketErrors.getAsLong();
        startedCpuNanos = cpuNanos();
        startedAtNanos = System.nanoTime();
    }

    /// Ends watching.
    ///
    /// @return what was seen since the start
    public ClientHealth stop() {
        long elapsedNanos = System.nanoTime() - startedAtNanos;
        long usedNanos = cpuNanos() - startedCpuNanos;
        for (NotificationEmitter emitter : watched) {
            try {
                emitter.removeNotificationListener(listener);
            } catch (ListenerNotFoundException _) {
                // gone already: what we want
            }
        }
        watched.clear();
        return new ClientHealth(
                cpuShare(usedNanos, elapsedNanos),
                share(pausedNanos.get(), elapsedNanos),
                longestPauseNanos.get(),
                localSocketErrors.getAsLong() - startedSocketErrors);
    }

    private OptionalDouble cpuShare(long usedNanos, long elapsedNanos) {
        return startedCpuNanos < 0
                ? OptionalDouble.empty()
                : share(usedNanos / Runtime.getRuntime().availableProcessors(), elapsedNanos);
    }

    private static OptionalDouble share(long nanos, long elapsedNanos) {
        // the clocks tick apart, so a fully busy moment can come out a little above 1
        return elapsedNanos <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.clamp((double) nanos / elapsedNanos, 0, 1));
    }

    private void collected(Notification notification) {
        if (!notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)
                || !(notification.getUserData() instanceof CompositeData data)) {
            return;
        }
        var collection = GarbageCollectionNotificationInfo.from(data);
        // concurrent cycles are told too, but stop nobody
        if (collection.getGcName().contains("Concurrent") || collection.getGcName().contains("Cycles")) {
            return;
        }
        long pauseNanos = TimeUnit.MILLISECONDS.toNanos(collection.getGcInfo().getDuration()); // told in whole milliseconds
        pausedNanos.addAndGet(pauseNanos);
        longestPauseNanos.accumulateAndGet(pauseNanos, Math::max);
    }

    /// CPU time of this process; negative where the platform does not tell.
    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : -1;
    }
}
