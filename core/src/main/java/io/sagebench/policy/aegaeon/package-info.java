/// Models share GPUs and change between tokens: grouped prefill, and decode by weighted round robin (Aegaeon: Xiang et al., SOSP 2025).
///
/// Start at [io.sagebench.policy.aegaeon.AegaeonPolicy], which chooses the engine of each request, and
/// [io.sagebench.policy.aegaeon.AegaeonCard], which drives one card. The rule itself is in [io.sagebench.policy.aegaeon.Quotas] and
/// [io.sagebench.policy.aegaeon.PrefillLine].
@NullMarked
package io.sagebench.policy.aegaeon;

import org.jspecify.annotations.NullMarked;
