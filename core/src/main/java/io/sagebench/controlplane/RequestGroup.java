package io.sagebench.controlplane;

import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;

/// Requests counted together.
///
/// @param policy   that dispatched them, or was in force when they ended without
/// @param model    asked for; [#OTHER] for models that are not served, and those beyond the number counted apart
/// @param type     of the requests
/// @param priority of the requests
/// @param tenant   from whom; empty when none was named, [#OTHER] for those beyond the number counted apart
public record RequestGroup(String policy, String model, RequestType type, Priority priority, String tenant) {
    /// All that are not counted apart.
    public static final String OTHER = "other";

    RequestGroup withoutTenant() {
        return new RequestGroup(policy, model, type, priority, OTHER);
    }

    RequestGroup withoutModel() {
        return new RequestGroup(policy, OTHER, type, priority, OTHER);
    }
}
