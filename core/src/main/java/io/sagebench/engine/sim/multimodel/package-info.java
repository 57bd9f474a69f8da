/// Several models on one simulated card: an engine that policies drive token by token, and one that switches between requests.
///
/// Start at [io.sagebench.engine.sim.multimodel.SimulatedCard]; [io.sagebench.engine.sim.multimodel.ModelSwitchingEngine] makes an ordinary engine of
/// one.
@NullMarked
package io.sagebench.engine.sim.multimodel;

import org.jspecify.annotations.NullMarked;
