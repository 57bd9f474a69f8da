package io.sagebench.live.server;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.EngineStatus;
import io.sagebench.controlplane.Submission;
import io.sagebench.controlplane.SubmissionEvents;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.policy.Policies;
import java.net.BindException;
import java.util.Map;

/// A control plane behind an OpenAI-compatible HTTP port, with its admin endpoints. Listens once it is made. Safe for use by any thread.
///
/// When the timeline ends first, because an action has thrown, new requests are refused with 503; close the server then.
///
/// Answers carry who gave them and why: `X-Instance-Id`, `X-Policy`, `X-Policy-Epoch`, `X-Queue-Ms`.
public final class ControlPlaneServer implements AutoCloseable {
    private final HttpListener listener;

    /// @param timeline     where `controlPlane` lives; the caller starts and closes it, after this server
    /// @param controlPlane decides
    /// @param policies     what may be put in force
    /// @param settings     how to listen
    /// @throws BindException when the address cannot be listened on; the message says what to do
    public ControlPlaneServer(
            LiveTimeline timeline, ControlPlane controlPlane, Policies policies, ServerSettings settings)
            throws BindException {
        Reply healthy = Reply.ok(Map.of("status", "ok"));
        GatewayService gateway = (submission, events) -> submit(controlPlane, submission, events);
        var outbox = new Outbox(timeline);
        Routes routes = new Routes()
                .get("/health", call -> call.response().reply(healthy))
                .get(
                        "/v1/models",
                        TimelineRoute.replying(
                                timeline,
                                _ -> ModelList.of(controlPlane.engines().stream()
                                        .map(EngineStatus::description)
                                        .toList())))
                .post("/v1/chat/completions", new GatewayRoute(timeline, gateway, outbox, GatewayReader::chat))
                .post("/v1/completions", new GatewayRoute(timeline, gateway, outbox, GatewayReader::completion))
                .post("/v1/embeddings", new GatewayRoute(timeline, gateway, outbox, GatewayReader::embedding));
        var guard = new AdminGuard(settings.adminToken());
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
        listener = new HttpListener("control-plane", settings, routes);
    }

    /// The port it listens on.
    public int port() {
        return listener.port();
    }

    /// Refuses new work, lets running answers go on up to the drain limit, then closes all connections. Blocks; not for the timeline.
    @Override
    public void close() {
        listener.close();
    }

    private static Runnable submit(ControlPlane controlPlane, Submission submission, SubmissionEvents events) {
        long ticket = controlPlane.submit(submission, events);
        return () -> controlPlane.cancel(ticket);
    }
}
