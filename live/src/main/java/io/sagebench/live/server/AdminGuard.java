package io.sagebench.live.server;

import io.sagebench.live.net.BearerToken;
import java.util.Optional;

/// Who may use the admin endpoints: peers on this machine, and with the token, if there is one, others too.
final class AdminGuard {
    private final Optional<BearerToken> token;

    AdminGuard(Optional<BearerToken> token) {
        this.token = token;
    }

    /// The route, closed to all who may not.
    Route guarding(Route route) {
        return call -> {
            if (call.isLocal() || hasToken(call)) {
                route.handle(call);
                return;
            }
            String allowed = token.isPresent()
                    ? "this machine, or with 'Authorization: Bearer TOKEN'"
                    : "this machine; start the server with an admin token to open them to others";
            call.response()
                    .reply(ApiError.of(403, "admin_only", "the admin endpoints are open to " + allowed)
                            .toReply());
        };
    }

    private boolean hasToken(HttpCall call) {
        return token.isPresent()
                && call.header("Authorization").filter(token.get()::isCarriedBy).isPresent();
    }
}
