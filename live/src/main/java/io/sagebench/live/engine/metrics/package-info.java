/// What inference servers say of their load on their pages of metrics, and what it means.
///
/// Start at [io.sagebench.live.engine.metrics.EngineReport], the result, and [io.sagebench.live.engine.metrics.ServerKind], which knows whose names
/// mean what.
@NullMarked
package io.sagebench.live.engine.metrics;

import org.jspecify.annotations.NullMarked;
