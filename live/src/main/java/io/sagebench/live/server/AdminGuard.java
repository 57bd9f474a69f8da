package io.sagebench.live.server;

import io.sagebench.live.net.BearerToken;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// Who may use the admin endpoints: programs on this machine, and with the token, if there is one, others too.
///
/// A loopback peer is not enough to be a program on this machine. A reverse proxy beside us forwards requests of others, and says so in
/// `Forwarded` or `X-Forwarded-For`; a browser beside us sends requests that a page from elsewhere makes, and says so in `Origin`.
final class AdminGuard {
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Optional<BearerToken> token;

    AdminGuard(Optional<BearerToken> token) {
        this.token = token;
    }

    /// The route, closed to all who may not.
    Route guarding(Route route) {
        return call -> {
            if (isFromHere(call) || hasToken(call)) {
                route.handle(call);
                return;
            }
            String allowed = token.isPresent()
                    ? "programs on this machine, and to others with 'Authorization: Bearer TOKEN'"
                    : "programs on this machine; start the server with an admin token to open them to others";
            call.response()
                    .reply(ApiError.of(403, "admin_only", "the admin endpoints are open to " + allowed)
                            .toReply());
        };
    }

    private static boolean isFromHere(HttpCall call) {
        return call.isLocal()
                && call.header("Forwarded").isEmpty()
                && call.header("X-Forwarded-For").isEmpty()
                && call.header("Origin").map(AdminGuard::isLocalOrigin).orElse(true);
    }

    private static boolean isLocalOrigin(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && LOCAL_NAMES.contains(host);
        } catch (IllegalArgumentException _) {
            return false; // "null", for example, which a sandboxed page sends
        }
    }

    private boolean hasToken(HttpCall call) {
        return token.isPresent()
                && call.header("Authorization").filter(token.get()::isCarriedBy).isPresent();
    }
}
