package io.sagebench.live.server;

import io.sagebench.live.net.BearerToken;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who may use the admin endpoints: programs on this machine, and with the token, if there is one, others too.
///
/// A loopback peer is not enough to be a program on this machine. A reverse proxy beside us forwards requests of others, and says so in
/// `Forwarded` or `X-Forwarded-For`; a browser beside us sends requests that a page from elsewhere makes, and says so in `Origin`. A page whose
/// own name has come to lead to this machine needs no `Origin`, but its name stands in `Host`.
final class AdminGuard {
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(?::\\d*)?");

    private final Optional<BearerToken> token;
    private final String listensOn;

    /// @param token     opens the endpoints to others
    /// @param listensOn the address we listen on, which is a name of this machine, too
    AdminGuard(Optional<BearerToken> token, String listensOn) {
        this.token = token;
        this.listensOn = listensOn.contains(":") ? "[" + listensOn + "]" : listensOn;
    }

    /// The route, closed to all who may not.
    Route guarding(Route route) {
        return call -> {
            if (isFromHere(call) || hasToken(call)) {
                route.handle(call);
                return;
            }
            call.response().reply(ApiError.of(403, "admin_only", refusal(call)).toReply());
        };
    }

    private String refusal(HttpCall call) {
        String allowed = token.isPresent()
                ? "programs on this machine, and to others with 'Authorization: Bearer TOKEN'"
                : "programs on this machine; start the server with an admin token to open them to others";
        String hint = call.isLocal() && !isLocalHost(call) ? ". From this machine, ask for them at localhost or 127.0.0.1" : "";
        return "the admin endpoints are open to " + allowed + hint;
    }

    private boolean isFromHere(HttpCall call) {
        return call.isLocal()
                && isLocalHost(call)
                && call.header("Forwarded").isEmpty()
                && call.header("X-Forwarded-For").isEmpty()
                && call.header("Origin").map(AdminGuard::isLocalOrigin).orElse(true);
    }

    /// Whether it asks for this machine by a name that nobody else can give it. Without `Host` (HTTP/1.0) there is no browser.
    private boolean isLocalHost(HttpCall call) {
        List<String> hosts = call.headers().getAll("Host");
        return hosts.isEmpty() || (hosts.size() == 1 && isLocalHost(hosts.getFirst()));
    }

    private boolean isLocalHost(String host) {
        Matcher parts = HOST_AND_PORT.matcher(host);
        if (!parts.matches()) {
            return false;
        }
        String name = parts.group(1).toLowerCase(Locale.ROOT);
        return LOCAL_NAMES.contains(name) || name.equalsIgnoreCase(listensOn);
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
