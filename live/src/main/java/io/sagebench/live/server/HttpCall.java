package io.sagebench.live.server;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// One HTTP request, read in full, and the response to it.
///
/// @param method   as given
/// @param path     without the query
/// @param query    what follows the path's question mark, as given; empty when there is none
/// @param headers  as given; not to be changed
/// @param body     not to be changed
/// @param peer     who asks
/// @param tenant   who asks, when an API key says so
/// @param loop     drives the connection; the response is written on it
/// @param response yet to be written
@SuppressWarnings("ArrayRecordComponent") // never compared
record HttpCall(
        HttpMethod method,
        String path,
        String query,
        HttpHeaders headers,
        byte[] body,
        InetSocketAddress peer,
        Optional<String> tenant,
        EventLoop loop,
        Response response) {

    /// The value of a header, without the blanks around it; empty when it is absent or blank.
    Optional<String> header(String name) {
        String value = headers.get(name);
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }

    /// The first value of a query parameter.
    ///
    /// @throws BadRequest when the query cannot be decoded
    Optional<String> queryValue(String name) throws BadRequest {
        try {
            List<String> values =
                    new QueryStringDecoder(query, false).parameters().getOrDefault(name, List.of());
            return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
        } catch (IllegalArgumentException malformed) {
            throw new BadRequest(ApiError.about(
                    name, name + " cannot be read from the query '" + query + "': " + malformed.getMessage()));
        }
    }

    /// A segment of the path, decoded: of `/admin/instances/gpu%2D1`, segment 2 is `gpu-1`.
    ///
    /// @throws BadRequest when it cannot be decoded
    String segment(int index) throws BadRequest {
        String encoded = path.split("/", -1)[index + 1];
        try {
            return QueryStringDecoder.decodeComponent(encoded.replace("+", "%2B"));
        } catch (IllegalArgumentException _) {
            throw new BadRequest(ApiError.of(400, "invalid_path", "the path " + path + " has a percent sign that encodes nothing"));
        }
    }

    /// The same as a call of that tenant's.
    HttpCall of(String name) {
        return new HttpCall(method, path, query, headers, body, peer, Optional.of(name), loop, response);
    }

    /// Whether the peer is on this machine.
    boolean isLocal() {
        return peer.getAddress().isLoopbackAddress();
    }
}
