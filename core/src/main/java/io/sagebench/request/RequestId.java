package io.sagebench.request;

/// The name of a request, as `X-Request-ID` carries it. Unique within a run of ours; a server must not rely on that.
///
/// @param value not blank
public record RequestId(String value) {
    public RequestId {
        Check.notBlank(value, "request id");
    }

    @Override
    public String toString() {
        return value;
    }
}
