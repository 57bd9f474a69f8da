/// What samples say of the truth behind them: intervals, tests and the size of what could be missed, for data that depend on their neighbours.
///
/// Start at [io.sagebench.statistics.BlockBootstrap] for means and ratios, at [io.sagebench.statistics.OrderStatistics] for percentiles and at
/// [io.sagebench.statistics.Steadiness] for when a series has settled. All chance comes from a seed that is handed in.
@NullMarked
package io.sagebench.statistics;

import org.jspecify.annotations.NullMarked;
