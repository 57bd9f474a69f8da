package io.sagebench.live.server;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.EngineStatus;
import io.sagebench.controlplane.Submission;
import io.sagebench.controlplane.SubmissionEvents;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.policy.Policies;
import java.net.BindException;
import java.util.Map;
import java.util.Optional;

/// A control plane behind an OpenAI-compatible HTTP port, with its admin endpoints. Listens once it is made. Safe for use by any thread.
///
/// When the timeline ends first, because an action has thrown, new requests are refused with 503; close the server then.
///
/// Answers carry who gave them and why: `X-Instance-Id`, `X-Policy`, `X-Policy-Epoch`, `X-Queue-Ms`.
public final class ControlPlaneServer implements AutoCloseable {
    private final HttpListener listener;
    private final Optional<HttpListener> adminListener;

    /// @param timeline     where `controlPlane` lives; the caller starts and closes it, after this server
    /// @param controlPlane decides
    /// @param policies     what may be put in force
    /// @param settings     how to listen, and who may ask
    /// @throws BindException when the address cannot be listened on; the message says what to do
    public ControlPlaneServer(
            LiveTimeline timeline, ControlPlane controlPlane, Policies policies, GatewaySettings settings)
            throws BindException {
        Reply healthy = Reply.ok(Map.of("status", "ok"));
        GatewayService gateway = (submission, events) -> submit(controlPlane, submission, events);
        var outbox = new Outbox(timeline);
        TenantKeys tenants = settings.tenants();
        Routes routes = new Routes()
                .get("/health", call -> call.response().reply(healthy))
                .get(
                        "/v1/models",
                        TimelineRoute.replying(
                                timeline,
                                _ -> ModelList.of(controlPlane.engines().stream()
                                        .map(EngineStatus::description)
                                        .toList())))
                .post("/v1/chat/completions", tenants.guarding(new GatewayRoute(timeline, gateway, outbox, GatewayReader::chat)))
                .post("/v1/completions", tenants.guarding(new GatewayRoute(timeline, gateway, outbox, GatewayReader::completion)))
                .post("/v1/embeddings", tenants.guarding(new GatewayRoute(timeline, gateway, outbox, GatewayReader::embedding)));
        Routes adminRoutes = settings.admin().isPresent() ? new Routes() : routes;
        addAdmin(adminRoutes, new AdminGuard(settings.forAdmins().adminToken()), timeline, controlPlane, policies);
        listener = new HttpListener("control-plane", settings.service(), routes);
        adminListener = listenForAdmins(settings, adminRoutes);
    }

    private Optional<HttpListener> listenForAdmins(GatewaySettings settings, Routes routes) throws BindException {
        if (settings.admin().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new HttpListener("admin", settings.admin().get(), routes));
        } catch (BindException taken) {
            listener.close();
            throw taken;
        }
    }

    private static void addAdmin(
            Routes routes, AdminGuard guard, LiveTimeline timeline, ControlPlane controlPlane, Policies policies) {
        var admin = new PolicyEndpoints(controlPlane, policies);
        Route set = guard.guarding(TimelineRoute.replying(timeline, admin::set));
        routes.post("/admin/set_policy", set)
                .post("/admin/policy", set)
                .get("/admin/policy", guard.guarding(TimelineRoute.replying(timeline, _ -> admin.active())))
                .get("/admin/policies", guard.guarding(TimelineRoute.replying(timeline, _ -> admin.all())))
                .get(
                        "/admin/metrics",
                        guard.guarding(TimelineRoute.replying(
                                timeline, _ -> Books.metrics(controlPlane.metrics(), timeline.nowNanos()))))
                .get(
                        "/admin/instances",
                        guard.guarding(TimelineRoute.replying(timeline, _ -> Books.instances(controlPlane.engines()))));
    }

    /// The same with one port for all, open to everybody who can reach it.
    ///
    /// @throws BindException when the address cannot be listened on; the message says what to do
    public ControlPlaneServer(
            LiveTimeline timeline, ControlPlane controlPlane, Policies policies, ServerSettings settings)
            throws BindException {
        this(timeline, controlPlane, policies, GatewaySettings.of(settings));
    }

    /// The port it listens on.
    public int port() {
        return listener.port();
    }

    /// The port its admin endpoints listen on.
    public int adminPort() {
        return adminListener.orElse(listener).port();
    }

    /// Refuses new work, lets running answers go on up to the drain limit, then closes all connections. Blocks; not for the timeline.
    @Override
    public void close() {
        listener.close();
        adminListener.ifPresent(HttpListener::close);
    }

    private static Runnable submit(ControlPlane controlPlane, Submission submission, SubmissionEvents events) {
        long ticket = controlPlane.submit(submission, events);
        return () -> controlPlane.cancel(ticket);
    }
}
