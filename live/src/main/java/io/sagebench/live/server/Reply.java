package io.sagebench.live.server;

import java.util.LinkedHashMap;
import java.util.Map;

/// A whole HTTP response.
///
/// @param status  HTTP status
/// @param headers all but `Content-Length` and `Connection`
/// @param body    not to be changed
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, Map<String, String> headers, byte[] body) {
    static final String CONTENT_TYPE = "Content-Type";
    static final String JSON_TYPE = "application/json";

    /// A response whose body is JSON already.
    static Reply json(int status, byte[] body) {
        return new Reply(status, Map.of(CONTENT_TYPE, JSON_TYPE), body);
    }

    /// A good response with the JSON of `value`.
    static Reply ok(Object value) {
        return json(200, Json.bytes(value));
    }

    /// The same with one more header.
    Reply with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }
}
