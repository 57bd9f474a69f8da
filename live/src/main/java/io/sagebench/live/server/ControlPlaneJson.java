package io.sagebench.live.server;

import io.sagebench.controlplane.ControlPlaneMetrics;
import java.nio.charset.StandardCharsets;

/// The books of a control plane as its admin endpoints give them, for a control plane that has no port.
public final class ControlPlaneJson {
    private ControlPlaneJson() {}

    /// What `GET /admin/metrics` would answer, but for the groups: one JSON object.
    ///
    /// @param nowNanos now, on the control plane's timeline
    public static String metrics(ControlPlaneMetrics metrics, long nowNanos) {
        return new String(Json.bytes(Books.json(metrics, nowNanos)), StandardCharsets.UTF_8);
    }
}
