/// What the engine benchmark writes: flat figures of each workload, a summary of a run, and both for people.
///
/// Start at [io.sagebench.report.engine.EngineMetrics]; [io.sagebench.report.engine.EngineFields] says what each field means, and
/// [io.sagebench.report.engine.EngineMeter] computes them.
@NullMarked
package io.sagebench.report.engine;

import org.jspecify.annotations.NullMarked;
