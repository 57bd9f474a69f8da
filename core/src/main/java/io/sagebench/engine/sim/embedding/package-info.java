/// Simulated embedding servers: whole texts in batches under a token budget, no tokens out.
///
/// Start at [io.sagebench.engine.sim.embedding.EmbeddingEngine]; [io.sagebench.engine.sim.embedding.EmbeddingProfiles] names the ones that ship.
@NullMarked
package io.sagebench.engine.sim.embedding;

import org.jspecify.annotations.NullMarked;
