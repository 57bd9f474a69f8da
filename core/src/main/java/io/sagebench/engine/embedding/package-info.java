/// Simulated embedding servers: whole texts in batches under a token budget, no tokens out.
///
/// Start at [io.sagebench.engine.embedding.EmbeddingEngine]; [io.sagebench.engine.embedding.EmbeddingProfiles] names the ones that ship.
@NullMarked
package io.sagebench.engine.embedding;

import org.jspecify.annotations.NullMarked;
