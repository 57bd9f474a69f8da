/// What a dashboard shows, as data and as JSON, and the page that draws it. The same for a benchmark and for a control plane that serves.
///
/// Start at [io.sagebench.live.dashboard.Snapshot]. Who has the figures is a [io.sagebench.live.dashboard.SnapshotSource]; what publishes them is
/// [io.sagebench.live.server.DashboardServer]. The page is three files beside this package, which need nothing from elsewhere.
@NullMarked
package io.sagebench.live.dashboard;

import org.jspecify.annotations.NullMarked;
