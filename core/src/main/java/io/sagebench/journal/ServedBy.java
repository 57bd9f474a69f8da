package io.sagebench.journal;

import java.util.OptionalLong;

/// What a control plane of ours says of a request in its response headers.
///
/// @param instance    the engine that answered (`X-Instance-Id`)
/// @param policy      the policy that chose it (`X-Policy`); empty when not said
/// @param policyEpoch counts policy switches (`X-Policy-Epoch`)
/// @param queueNanos  how long it waited in the control plane's queue (`X-Queue-Ms`)
public record ServedBy(String instance, String policy, OptionalLong policyEpoch, OptionalLong queueNanos) {}
