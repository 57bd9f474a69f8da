package io.sagebench.engine;

/// What the live side attaches to a request on its way to an engine: the HTTP exchange it belongs to. The deciding code carries it and never
/// looks inside.
public interface Payload {
    /// Nothing is attached, as in virtual time.
    Payload NONE = new Payload() {};
}
