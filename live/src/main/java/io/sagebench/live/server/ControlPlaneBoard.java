package io.sagebench.live.server;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.ControlPlaneMetrics.Conservation;
import io.sagebench.controlplane.EngineStatus;
import io.sagebench.controlplane.PolicySwitch;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.dashboard.Snapshot;
import io.sagebench.live.dashboard.Snapshot.Counts;
import io.sagebench.live.dashboard.Snapshot.Instance;
import io.sagebench.live.dashboard.Snapshot.Kind;
import io.sagebench.live.dashboard.Snapshot.State;
import io.sagebench.live.dashboard.Snapshot.Status;
import io.sagebench.live.dashboard.Snapshot.Subject;
import io.sagebench.live.dashboard.SnapshotSource;
import io.sagebench.metrics.recent.LatencyPercentiles;
import io.sagebench.metrics.recent.RecentSeconds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// What the dashboard of a control plane shows. The timeline only lends a glance at its counters; percentiles are computed by those who ask.
final class ControlPlaneBoard implements SnapshotSource {
    private static final int SECONDS = 300;
    private static final int WINDOW = 5;

    private final LiveTimeline timeline;
    private final ControlPlane controlPlane;
    private final RecentSeconds recent = new RecentSeconds(SECONDS);

    ControlPlaneBoard(LiveTimeline timeline, ControlPlane controlPlane) {
        this.timeline = timeline;
        this.controlPlane = controlPlane;
        try {
            timeline.execute(() -> controlPlane.tell(recent));
        } catch (RejectedExecutionException _) {
            // it has ended already, and there will be nothing to show
        }
    }

    /// What the timeline was asked.
    private record Glance(
            PolicySwitch.Active policy,
            Optional<String> degraded,
            Conservation counts,
            List<EngineStatus> engines,
            boolean stopping,
            long nowNanos) {}

    @Override
    public void ask(Executor where, Consumer<Snapshot> answer) {
        try {
            timeline.execute(() -> {
                Glance glance = glance();
                recent.inFlight(glance.nowNanos(), glance.counts().running());
                recent.queued(glance.nowNanos(), glance.counts().queued());
                where.execute(() -> answer.accept(snapshot(glance)));
            });
        } catch (RejectedExecutionException _) {
            // the control plane has ended: there is nobody left to tell
        }
    }

    private Glance glance() {
        return new Glance(
                controlPlane.active(),
                controlPlane.degraded(),
                controlPlane.counts(),
                controlPlane.engines(),
                controlPlane.isStopping(),
                timeline.nowNanos());
    }

    private Snapshot snapshot(Glance glance) {
        Conservation counts = glance.counts();
        long errors = counts.failed() + counts.cancelled() + counts.refusedAtOnce() + counts.refusedLater();
        var notes = new ArrayList<String>();
        glance.degraded().ifPresent(how -> notes.add(glance.policy().policy() + " falls short of its rule here: " + how));
        return new Snapshot(
                new Subject(Kind.CONTROL_PLANE, "Control plane", engines(glance.engines()), false),
                new Status(glance.stopping() ? State.STOPPING : State.SERVING, "", glance.policy().policy(), Optional.empty()),
                new Counts(counts.completed(), OptionalLong.empty(), errors, OptionalLong.of(counts.running()), OptionalLong.of(counts.queued())),
                glance.nowNanos(),
                recent.until(glance.nowNanos(), WINDOW),
                glance.engines().stream().map(ControlPlaneBoard::instance).toList(),
                List.of(),
                notes);
    }

    private static String engines(List<EngineStatus> engines) {
        long inService = engines.stream().filter(engine -> engine.health().inService()).count();
        return inService + " of " + engines.size() + (engines.size() == 1 ? " engine" : " engines") + " in service";
    }

    private static Instance instance(EngineStatus engine) {
        EngineStatus.Health health = engine.health();
        String state = health.state().name().toLowerCase(Locale.ROOT);
        return new Instance(
                engine.description().id().value(),
                health.inService() || !health.state().name().equals("READY") ? state : "resting",
                health.inService(),
                health.reason(),
                OptionalLong.of(engine.running()),
                engine.completed(),
                engine.failed(),
                LatencyPercentiles.NONE);
    }
}
