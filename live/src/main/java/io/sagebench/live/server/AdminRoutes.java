package io.sagebench.live.server;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.server.metrics.ControlPlanePage;
import io.sagebench.live.server.metrics.MetricsPage;
import io.sagebench.policy.Policies;
import java.util.Map;
import java.util.Optional;

/// The endpoints of a control plane for those who operate it.
final class AdminRoutes {
    private final LiveTimeline timeline;
    private final ControlPlane controlPlane;
    private final Policies policies;
    private final Optional<EngineRegistrar> registrar;
    private final ClusterEndpoints cluster;

    AdminRoutes(LiveTimeline timeline, ControlPlane controlPlane, Policies policies, Optional<EngineRegistrar> registrar) {
        this.timeline = timeline;
        this.controlPlane = controlPlane;
        this.policies = policies;
        this.registrar = registrar;
        this.cluster = new ClusterEndpoints(timeline, controlPlane);
    }

    /// Adds what every port answers to everybody: whether it lives, and whether it can take work.
    Routes addHealth(Routes routes) {
        Reply healthy = Reply.ok(Map.of("status", "ok"));
        return routes.get("/health", call -> call.response().reply(healthy)).get("/ready", replying(_ -> cluster.ready()));
    }

    /// Adds the metrics, which everybody may read who reaches the port, and the admin endpoints, which need to be let in.
    void addTo(Routes routes, AdminGuard guard) {
        routes.get("/metrics", new TimelineRoute<>(timeline, _ -> facts(), AdminRoutes::page));
        addPolicies(routes, guard);
        addInstances(routes, guard);
        var requests = new RequestEndpoints(timeline, controlPlane);
        var faults = new FaultEndpoints(controlPlane);
        routes.get("/admin/requests/{id}", guard.guarding(replying(requests::show)))
                .delete("/admin/requests/{id}", guard.guarding(replying(requests::cancel)))
                .get(
                        "/admin/metrics",
                        guard.guarding(replying(
                                _ -> Books.metrics(controlPlane.metrics(), controlPlane.groups(), timeline.nowNanos()))))
                .post("/admin/metrics/reset", guard.guarding(replying(_ -> cluster.reset())))
                .get("/admin/cluster", guard.guarding(replying(_ -> cluster.overview())))
                .get("/admin/faults", guard.guarding(replying(_ -> faults.show())))
                .post("/admin/faults", guard.guarding(replying(faults::follow)));
    }

    private void addPolicies(Routes routes, AdminGuard guard) {
        var admin = new PolicyEndpoints(controlPlane, policies);
        Route set = guard.guarding(replying(admin::set));
        routes.post("/admin/set_policy", set)
                .post("/admin/policy", set)
                .get("/admin/policy", guard.guarding(replying(_ -> admin.active())))
                .get("/admin/policies", guard.guarding(replying(_ -> admin.all())));
    }

    private void addInstances(Routes routes, AdminGuard guard) {
        var instances = new InstanceEndpoints(timeline, controlPlane);
        routes.get("/admin/instances", guard.guarding(replying(_ -> instances.list())))
                .get("/admin/instances/{id}", guard.guarding(replying(instances::one)))
                .delete("/admin/instances/{id}", guard.guarding(replying(instances::remove)))
                .post("/admin/instances/{id}/drain", guard.guarding(replying(instances::drain)))
                .post("/admin/instances/{id}/enable", guard.guarding(replying(instances::enable)));
        registrar.ifPresent(makes ->
                routes.post("/admin/instances", guard.guarding(new RegistrationRoute(timeline, instances, makes))));
    }

    private Route replying(TimelineRoute.Question<Reply> question) {
        return TimelineRoute.replying(timeline, question);
    }

    private ControlPlanePage.Facts facts() {
        return new ControlPlanePage.Facts(
                controlPlane.metrics(),
                controlPlane.groups(),
                controlPlane.engines().stream()
                        .map(status -> new ControlPlanePage.Instance(
                                status,
                                controlPlane.engine(status.description().id()).flatMap(engine -> engine.reportedLoad())))
                        .toList(),
                timeline.nowNanos());
    }

    private static Reply page(ControlPlanePage.Facts facts) {
        byte[] text = ControlPlanePage.of(facts).text();
        return new Reply(200, Map.of(Reply.CONTENT_TYPE, MetricsPage.CONTENT_TYPE), text);
    }
}
