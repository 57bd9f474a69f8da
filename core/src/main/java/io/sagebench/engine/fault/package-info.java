/// Engines that fail on purpose: late, refusing, silent, slow or broken answers, and crashes, by the run's seed or by a request's own wish.
///
/// Start at [io.sagebench.engine.fault.FaultyEngine]; what is to go wrong is a [io.sagebench.engine.fault.FaultPlan], written as
/// [io.sagebench.engine.fault.FaultText] reads it.
@NullMarked
package io.sagebench.engine.fault;

import org.jspecify.annotations.NullMarked;
