/// What was seen of machines and engines while something was measured: samples, and what they sum up to. Who takes the samples is elsewhere.
///
/// Start at [io.sagebench.monitor.Sample], then [io.sagebench.monitor.MachineTally], which makes a [io.sagebench.monitor.MachineUse] of them. Times are
/// nanoseconds since the measured window began. What a source does not tell is absent, never 0.
@NullMarked
package io.sagebench.monitor;

import org.jspecify.annotations.NullMarked;
