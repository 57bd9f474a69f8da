package io.sagebench.live.client;

import java.net.URI;
import java.util.Locale;

/// A server as its URL names it.
///
/// @param tls      whether it is reached by https
/// @param host     name or address, without the brackets of IPv6
/// @param port     TCP port
/// @param basePath stands before every path; empty, or beginning with a slash and ending without one
record HttpTarget(boolean tls, String host, int port, String basePath) {
    private static final String VERSION = "/v1";

    /// @throws IllegalArgumentException when the URL is not one of a server reached by http or https
    static HttpTarget of(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if (!tls && !scheme.equals("http")) {
            throw new IllegalArgumentException("the URL must begin with http:// or https://, but is " + url);
        }
        if (url.getHost() == null || url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("the URL must name a host (letters, digits, '-' and '.'), and no user, query or"
                    + " fragment, but is " + url);
        }
        String host = url.getHost().startsWith("[")
                ? url.getHost().substring(1, url.getHost().length() - 1)
                : url.getHost();
        int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
        String path = url.getRawPath();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return new HttpTarget(tls, host, port, path);
    }

    /// The value of the `Host` header.
    String hostHeader() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }

    /// The path of an operation, such as `/health` or `/v1/chat/completions`. A base path may end with `/v1`, as clients of OpenAI write
    /// it; that belongs to the operation then.
    String path(String operation) {
        String base = basePath.endsWith(VERSION) ? basePath.substring(0, basePath.length() - VERSION.length()) : basePath;
        return base + operation;
    }
}
