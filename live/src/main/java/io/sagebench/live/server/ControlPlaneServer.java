package io.sagebench.live.server;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.EngineStatus;
import io.sagebench.controlplane.Submission;
import io.sagebench.controlplane.SubmissionEvents;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.dashboard.PolicyColours;
import io.sagebench.policy.Policies;
import java.net.BindException;
import java.time.Duration;
import java.util.Optional;

/// A control plane behind an OpenAI-compatible HTTP port, with its admin endpoints. Listens once it is made. Safe for use by any thread.
///
/// When the timeline ends first, because an action has thrown, new requests are refused with 503; close the server then.
///
/// Answers carry who gave them and why: `X-Instance-Id`, `X-Policy`, `X-Policy-Epoch`, `X-Queue-Ms`.
public final class ControlPlaneServer implements AutoCloseable {
    private static final Duration LAST_BYTES = Duration.ofSeconds(1);

    private final LiveTimeline timeline;
    private final ControlPlane controlPlane;
    private final Duration drainLimit;
    private final HttpListener listener;
    private final Optional<HttpListener> adminListener;
    private final DashboardRoutes dashboard;

    /// @param timeline     where `controlPlane` lives; the caller starts and closes it, after this server
    /// @param controlPlane decides
    /// @param policies     what may be put in force
    /// @param settings     how to listen, and who may ask
    /// @param registrar    makes engines of what `POST /admin/instances` brings; without it there is no such thing
    /// @param colours      of the policies on the dashboard
    /// @throws BindException when the address cannot be listened on; the message says what to do
    public ControlPlaneServer(
            LiveTimeline timeline,
            ControlPlane controlPlane,
            Policies policies,
            GatewaySettings settings,
            Optional<EngineRegistrar> registrar,
            PolicyColours colours)
            throws BindException {
        this.timeline = timeline;
        this.controlPlane = controlPlane;
        this.drainLimit = settings.service().drainLimit();
        GatewayService gateway = (submission, events) -> submit(controlPlane, submission, events);
        var outbox = new Outbox(timeline);
        TenantKeys tenants = settings.tenants();
        var admin = new AdminRoutes(timeline, controlPlane, policies, registrar);
        Routes routes = admin.addHealth(new Routes())
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
        Routes adminRoutes = settings.admin().isPresent() ? admin.addHealth(new Routes()) : routes;
        var guard = new AdminGuard(settings.forAdmins().adminToken(), settings.forAdmins().host());
        admin.addTo(adminRoutes, guard);
        dashboard = new DashboardRoutes(new ControlPlaneBoard(timeline, controlPlane), colours);
        dashboard.addTo(adminRoutes, guard);
        listener = new HttpListener("control-plane", settings.service(), routes);
        adminListener = listenForAdmins(settings, adminRoutes);
    }

    /// The same with a dashboard on which all policies look the same.
    ///
    /// @throws BindException when the address cannot be listened on; the message says what to do
    public ControlPlaneServer(
            LiveTimeline timeline,
            ControlPlane controlPlane,
            Policies policies,
            GatewaySettings settings,
            Optional<EngineRegistrar> registrar)
            throws BindException {
        this(timeline, controlPlane, policies, settings, registrar, PolicyColours.NONE);
    }

    /// The same without registration of engines.
    ///
    /// @throws BindException when the address cannot be listened on; the message says what to do
    public ControlPlaneServer(
            LiveTimeline timeline, ControlPlane controlPlane, Policies policies, GatewaySettings settings)
            throws BindException {
        this(timeline, controlPlane, policies, settings, Optional.empty());
    }

    /// The same with one port for all, open to everybody who can reach it.
    ///
    /// @throws BindException when the address cannot be listened on; the message says what to do
    public ControlPlaneServer(
            LiveTimeline timeline, ControlPlane controlPlane, Policies policies, ServerSettings settings)
            throws BindException {
        this(timeline, controlPlane, policies, GatewaySettings.of(settings));
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

    /// The port it listens on.
    public int port() {
        return listener.port();
    }

    /// The port its admin endpoints listen on.
    public int adminPort() {
        return adminListener.orElse(listener).port();
    }

    /// Refuses new work with 503 while it still listens, lets what is queued or running go on up to the drain limit, ends what is left, and closes
    /// all connections. Blocks; not for the timeline. Harmless when called again.
    @Override
    public void close() {
        long begunNanoTime = System.nanoTime();
        Draining.await(timeline, controlPlane, drainLimit);
        dashboard.finish(LAST_BYTES);
        Duration left = drainLimit.minusNanos(System.nanoTime() - begunNanoTime);
        Duration forLastBytes = left.compareTo(LAST_BYTES) > 0 ? left : LAST_BYTES;
        listener.closeWithin(forLastBytes);
        adminListener.ifPresent(open -> open.closeWithin(LAST_BYTES));
    }

    private static Runnable submit(ControlPlane controlPlane, Submission submission, SubmissionEvents events) {
        long ticket = controlPlane.submit(submission, events);
        return () -> controlPlane.cancel(ticket);
    }
}
