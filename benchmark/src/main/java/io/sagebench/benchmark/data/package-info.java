/// What workloads, datasets and traces are made of: checked, described and converted, without sending anything.
///
/// Start at [io.sagebench.benchmark.data.WorkloadData].
@NullMarked
package io.sagebench.benchmark.data;

import org.jspecify.annotations.NullMarked;
