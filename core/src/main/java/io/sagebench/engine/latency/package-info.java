/// An engine whose latencies are given rather than computed, by the model and the names of llm-d-inference-sim.
///
/// Start at [io.sagebench.engine.latency.LatencyEngine]; its numbers are [io.sagebench.engine.latency.Latencies], read by
/// [io.sagebench.engine.latency.LatencyFlags].
@NullMarked
package io.sagebench.engine.latency;

import org.jspecify.annotations.NullMarked;
