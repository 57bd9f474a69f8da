/// The engine benchmark: fixed workloads against one engine, whatever it is, over the same port and the same load generator.
///
/// Start at [io.sagebench.benchmark.engine.EngineBenchmark], which runs [io.sagebench.benchmark.engine.EngineWorkload]s on an
/// [io.sagebench.benchmark.engine.EngineTarget]; [io.sagebench.benchmark.engine.EngineRunner] measures one of them once. To add an engine, add a constant
/// to [io.sagebench.benchmark.engine.EngineBackend].
@NullMarked
package io.sagebench.benchmark.engine;

import org.jspecify.annotations.NullMarked;
