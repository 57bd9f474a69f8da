package io.sagebench.live.server;

import io.sagebench.live.net.BearerToken;
import io.sagebench.request.Check;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The tenants of a server and the API keys by which they are known. With any, requests for work need one, and it decides whose they are.
/// Safe for use by any thread.
public final class TenantKeys {
    /// Everybody may ask, and is who they say.
    public static final TenantKeys NONE = new TenantKeys(Map.of());

    private final Map<String, BearerToken> keys;

    /// @param keys by the name of the tenant; no key twice
    public TenantKeys(Map<String, BearerToken> keys) {
        this.keys = new LinkedHashMap<>(keys);
        this.keys.keySet().forEach(name -> Check.notBlank(name, "tenant"));
        if (keys.values().stream().distinct().count() < keys.size()) {
            throw new IllegalArgumentException("two tenants have the same API key");
        }
    }

    /// The route, closed to those without a key. A request that comes with one is its tenant's, whatever it says itself.
    Route guarding(Route route) {
        if (keys.isEmpty()) {
            return route;
        }
        return call -> {
            Optional<String> tenant = call.header("Authorization").flatMap(this::tenantOf);
            if (tenant.isPresent()) {
                route.handle(call.of(tenant.get()));
                return;
            }
            String wrong = call.header("Authorization").isPresent() ? "that API key is not known here" : "an API key is needed";
            call.response()
                    .reply(ApiError.of(401, "invalid_api_key", wrong + ": send 'Authorization: Bearer KEY'")
                            .toReply()
                            .with("WWW-Authenticate", "Bearer"));
        };
    }

    /// Looks at all of them, so that how long it takes tells nothing.
    /// Whether there are none, so that anybody may ask.
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    private Optional<String> tenantOf(String authorization) {
        Optional<String> found = Optional.empty();
        for (Map.Entry<String, BearerToken> tenant : keys.entrySet()) {
            if (tenant.getValue().isCarriedBy(authorization)) {
                found = Optional.of(tenant.getKey());
            }
        }
        return found;
    }
}
