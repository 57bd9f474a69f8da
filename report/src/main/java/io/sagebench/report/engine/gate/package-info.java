/// Whether an engine is good enough, and no worse than it was: the yearly contracts, and comparison with a baseline.
///
/// Start at [EngineContract] and [EngineRegression].
@NullMarked
package io.sagebench.report.engine.gate;

import org.jspecify.annotations.NullMarked;
