/// Experiments: several benchmarks that answer one question together.
///
/// Start at [Experiment]. Each is a record of what it varies, made from the [io.sagebench.benchmark.BenchmarkConfig] of one benchmark, and runs live,
/// embedded or in virtual time as that says. All its benchmarks have the same seed, so that policies and levels differ by nothing but themselves.
@NullMarked
package io.sagebench.benchmark.experiment;

import org.jspecify.annotations.NullMarked;
