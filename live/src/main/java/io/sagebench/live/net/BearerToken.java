package io.sagebench.live.net;

import io.sagebench.request.Check;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A secret that opens an HTTP endpoint. Never printed: [#toString] hides it.
///
/// @param secret not blank
public record BearerToken(String secret) {
    public BearerToken {
        Check.notBlank(secret, "bearer token");
    }

    /// The value of the `Authorization` header that carries it.
    public String headerValue() {
        return "Bearer " + secret;
    }

    /// Whether an `Authorization` header carries it; takes the same time wherever the first difference is.
    public boolean isCarriedBy(String authorization) {
        return MessageDigest.isEqual(
                headerValue().getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "BearerToken[hidden]";
    }
}
