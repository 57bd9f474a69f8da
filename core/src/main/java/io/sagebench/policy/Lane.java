package io.sagebench.policy;

import io.sagebench.request.RequestType;

/// Requests that the same engines can serve: those for one model and of one type.
///
/// @param model the model asked for; `default` means any
/// @param type  what kind of answer
public record Lane(String model, RequestType type) {}
