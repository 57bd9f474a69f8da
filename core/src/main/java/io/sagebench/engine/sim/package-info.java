/// The engine simulator: continuous batching, chunked prefill, paged KV cache and preemption in closed-form step times.
///
/// Start at [io.sagebench.engine.sim.SimulatedEngine]. It runs on any timeline.
@NullMarked
package io.sagebench.engine.sim;

import org.jspecify.annotations.NullMarked;
