/// The live dashboard of a benchmark: what it shows, and the port it is shown on.
///
/// Start at [io.sagebench.benchmark.dashboard.RunDashboard]. What is told of a run becomes figures in
/// [io.sagebench.benchmark.dashboard.DashboardState], which knows neither sockets nor threads.
@NullMarked
package io.sagebench.benchmark.dashboard;

import org.jspecify.annotations.NullMarked;
