/// What a simulated engine's server measures of itself, under the names that vLLM gives it.
///
/// Start at [io.sagebench.live.server.metrics.EngineMetrics], which counts on the timeline; [io.sagebench.live.server.metrics.MetricsPage] turns
/// its numbers into the text that Prometheus reads, only when asked.
@NullMarked
package io.sagebench.live.server.metrics;

import org.jspecify.annotations.NullMarked;
