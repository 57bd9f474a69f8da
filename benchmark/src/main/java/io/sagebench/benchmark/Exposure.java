package io.sagebench.benchmark;

import io.sagebench.live.server.GatewaySettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// What a control plane lets others than this machine do.
final class Exposure {
    private Exposure() {}

    /// In a line for people; absent when clients can be on this machine only.
    static Optional<String> of(GatewaySettings gateway) {
        if (isLoopback(gateway.service().host())) {
            return Optional.empty();
        }
        String who = gateway.tenants().isEmpty() ? "whoever reaches it" : "tenants by their keys";
        String admins = gateway.service().adminToken().isPresent() ? "to this machine and by the token" : "to this machine only";
        return Optional.of("this listens beyond this machine: requests are taken from " + who
                + (gateway.admin().isPresent() ? "" : ", /metrics is open to all, and the admin endpoints " + admins));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false; // it was listened on just now
        }
    }
}
