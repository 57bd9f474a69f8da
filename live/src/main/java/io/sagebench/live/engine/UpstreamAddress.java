package io.sagebench.live.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/// Where a server is.
///
/// @param url    as given, for messages
/// @param socket resolved once: to look a name up would block an event loop
/// @param tls    whether it speaks HTTPS
/// @param host   the value of the `Host` header
/// @param base   the path before `/chat/completions`, for example `/v1`
record UpstreamAddress(URI url, InetSocketAddress socket, boolean tls, String host, String base) {

    /// Reads a URL such as `http://localhost:8000`, with or without `/v1` at its end.
    ///
    /// @throws IllegalArgumentException when it is not the URL of an HTTP server
    /// @throws UnknownHostException     when its host has no address
    static UpstreamAddress of(URI url) throws UnknownHostException {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("an engine's URL must look like http://host:port, without a user or password:"
                    + " give an API key instead");
        }
        if ((!tls && !scheme.equals("http")) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "an engine's URL must look like http://host:port or https://host/path, but is " + url);
        }
        int defaultPort = tls ? 443 : 80;
        int port = url.getPort() < 0 ? defaultPort : url.getPort();
        String path = url.getPath() == null ? "" : url.getPath().replaceAll("/+$", "");
        return new UpstreamAddress(
                url,
                new InetSocketAddress(InetAddress.getByName(url.getHost()), port),
                tls,
                port == defaultPort ? url.getHost() : url.getHost() + ":" + port,
                path.endsWith("/v1") ? path : path + "/v1");
    }

    /// The path of an endpoint, for example of `/chat/completions`.
    String path(String endpoint) {
        return base + endpoint;
    }

    /// The URL of something that is not below `/v1`, for example of `/health`.
    URI root(String path) {
        return url.resolve(base.substring(0, base.length() - "/v1".length()) + path);
    }

    /// The URL of an endpoint.
    URI endpoint(String endpoint) {
        return url.resolve(path(endpoint));
    }
}
