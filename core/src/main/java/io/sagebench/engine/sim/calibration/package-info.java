/// Fits an engine profile to requests that were measured: bounded least squares over replays of these very requests.
///
/// Start at [io.sagebench.engine.sim.calibration.Calibration]. Nothing here measures: the requests come from a log or from a
/// [io.sagebench.engine.sim.calibration.SweepPlan] that was driven through a server.
@NullMarked
package io.sagebench.engine.sim.calibration;

import org.jspecify.annotations.NullMarked;
