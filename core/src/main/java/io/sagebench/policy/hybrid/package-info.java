/// Policies for prompts and texts to embed side by side.
///
/// Start at [io.sagebench.policy.hybrid.HybridPolicy]: another policy serves the prompts, [io.sagebench.policy.hybrid.EmbeddingCoalescer] collects the
/// texts into batches, and [io.sagebench.policy.hybrid.Turns] shares the engines that serve both.
@NullMarked
package io.sagebench.policy.hybrid;

import org.jspecify.annotations.NullMarked;
