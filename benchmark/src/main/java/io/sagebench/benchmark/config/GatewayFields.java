package io.sagebench.benchmark.config;

import io.sagebench.live.net.BearerToken;
import io.sagebench.live.net.ServerIdentity;
import io.sagebench.live.server.ConnectionLimits;
import io.sagebench.live.server.GatewaySettings;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.live.server.TenantKeys;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads how a control plane listens, and who may ask what of it.
final class GatewayFields {
    static final List<String> CONNECTIONS = List.of(
            "max", "body_mb", "header_kb", "request_timeout", "idle_timeout", "stall_timeout", "drain");
    static final List<String> ADMIN = List.of("host", "port", "token_env");
    static final List<String> TLS = List.of("cert_file", "key_file");
    static final List<String> TENANT = List.of("api_key_env", "requests_per_second", "burst", "max_in_flight");

    private static final int HIGHEST_PORT = 65_535;
    private static final int USUAL_PORT = 8080;
    private static final int MOST_MEGABYTES = 1_024;

    private final FieldGroup file;
    private final Secrets secrets;

    GatewayFields(FieldGroup file, Secrets secrets) {
        this.file = file;
        this.secrets = secrets;
    }

    GatewaySettings read() {
        String host = file.text("host", "an address of this machine").orElse(ServerSettings.LOOPBACK);
        int port = file.whole("port", 0, HIGHEST_PORT).orElse(USUAL_PORT);
        ServerSettings plain = ServerSettings.onLoopback(port).on(host);
        ServerSettings limited = file.group("connections", CONNECTIONS).map(group -> limited(plain, group)).orElse(plain);
        ServerSettings service = identity().map(limited::with).orElse(limited);
        Optional<FieldGroup> admin = file.group("admin", ADMIN);
        Optional<BearerToken> token = admin.flatMap(group -> secrets.token(group, "token_env"));
        ServerSettings guarded = token.map(service::withAdminToken).orElse(service);
        return new GatewaySettings(guarded, admin.flatMap(group -> ownListener(group, guarded)), tenants());
    }

    private static ServerSettings limited(ServerSettings plain, FieldGroup group) {
        ConnectionLimits usual = ConnectionLimits.DEFAULT;
        OptionalInt megabytes = group.whole("body_mb", 1, MOST_MEGABYTES);
        OptionalInt kilobytes = group.whole("header_kb", 1, MOST_MEGABYTES);
        ConnectionLimits limits = usual.withMaxConnections(group.whole("max", 1).orElse(usual.maxConnections()))
                .withMaxBodyBytes(megabytes.isPresent() ? megabytes.getAsInt() << 20 : usual.maxBodyBytes())
                .withMaxHeaderBytes(kilobytes.isPresent() ? kilobytes.getAsInt() << 10 : usual.maxHeaderBytes())
                .withTimeouts(
                        group.duration("request_timeout").orElse(usual.requestTimeout()),
                        group.duration("idle_timeout").orElse(usual.idleTimeout()),
                        group.duration("stall_timeout").orElse(usual.stallTimeout()));
        Duration drain = group.duration("drain").orElse(plain.drainLimit());
        return plain.with(limits).withDrainLimit(drain);
    }

    private static Optional<ServerSettings> ownListener(FieldGroup group, ServerSettings like) {
        Optional<String> host = group.text("host", "an address of this machine");
        OptionalInt port = group.whole("port", 0, HIGHEST_PORT);
        if (port.isEmpty()) {
            if (host.isPresent()) {
                group.wrong("host", "is without effect unless admin.port gives the admin endpoints a port of their own");
            }
            return Optional.empty();
        }
        if (port.getAsInt() != 0 && port.getAsInt() == like.port()) {
            group.wrong("port", "must be another than the service port " + like.port()
                    + "; without it, the admin endpoints are on that one");
        }
        return Optional.of(like.at(host.orElse(ServerSettings.LOOPBACK), port.getAsInt()));
    }

    private Optional<ServerIdentity> identity() {
        Optional<FieldGroup> group = file.group("tls", TLS);
        if (group.isEmpty()) {
            return Optional.empty();
        }
        group.get().require("cert_file", "it is the certificate by which clients know this server");
        group.get().require("key_file", "it is the private key of the certificate");
        Optional<String> certificate = group.get().text("cert_file", "a PEM file");
        Optional<String> key = group.get().text("key_file", "a PEM file");
        if (certificate.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ServerIdentity.read(Path.of(certificate.get()), Path.of(key.get())));
        } catch (IOException | InvalidPathException unusable) {
            file.sentence("tls", String.valueOf(unusable.getMessage()));
            return Optional.empty();
        }
    }

    private TenantKeys tenants() {
        var keys = new LinkedHashMap<String, BearerToken>();
        Map<String, FieldGroup> tenants = file.named("tenants", TENANT);
        boolean byKey = tenants.values().stream().anyMatch(group -> group.has("api_key_env"));
        for (Map.Entry<String, FieldGroup> tenant : tenants.entrySet()) {
            FieldGroup group = tenant.getValue();
            if (byKey || AdmissionFields.LIMITS.stream().noneMatch(group::has)) {
                group.require("api_key_env", "it is how the tenant is known");
            }
            secrets.token(group, "api_key_env").ifPresent(key -> {
                if (keys.containsValue(key)) {
                    group.wrong("api_key_env", "holds the key of another tenant; each needs its own");
                } else {
                    keys.put(tenant.getKey(), key);
                }
            });
        }
        return keys.isEmpty() ? TenantKeys.NONE : new TenantKeys(keys);
    }
}
