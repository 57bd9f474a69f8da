/// From facts to numbers: percentiles, throughput, SLO attainment, validity.
///
/// Start at [io.sagebench.metrics.MetricsCollector].
@NullMarked
package io.sagebench.metrics;

import org.jspecify.annotations.NullMarked;
