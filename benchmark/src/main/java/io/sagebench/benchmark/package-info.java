/// The public Java API: a configuration in, a result out.
///
/// Start at [io.sagebench.benchmark.Benchmark]. This is the composition root: the only place that picks live, embedded or virtual.
@NullMarked
package io.sagebench.benchmark;

import org.jspecify.annotations.NullMarked;
