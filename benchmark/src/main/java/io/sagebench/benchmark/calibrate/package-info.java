/// Calibration: measures a server, or reads a log, and fits an engine profile to it.
///
/// Start at [io.sagebench.benchmark.calibrate.Calibrator]. The fit itself is in [io.sagebench.engine.sim.calibration].
@NullMarked
package io.sagebench.benchmark.calibrate;

import org.jspecify.annotations.NullMarked;
