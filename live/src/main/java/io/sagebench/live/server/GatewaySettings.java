package io.sagebench.live.server;

import java.util.Optional;

/// How a control plane listens, and who may ask what of it.
///
/// @param service for clients; its admin token guards the admin endpoints while these have no listener of their own
/// @param admin   where the admin endpoints listen instead of on the service port
/// @param tenants who may ask for work
public record GatewaySettings(ServerSettings service, Optional<ServerSettings> admin, TenantKeys tenants) {

    /// One port for all, open to everybody who can reach it.
    public static GatewaySettings of(ServerSettings service) {
        return new GatewaySettings(service, Optional.empty(), TenantKeys.NONE);
    }

    /// How the admin endpoints listen.
    ServerSettings forAdmins() {
        return admin.orElse(service);
    }
}
