/// How the machine and this process do while a run goes on.
///
/// Start at [io.sagebench.live.monitor.ClientHealthMonitor].
@NullMarked
package io.sagebench.live.monitor;

import org.jspecify.annotations.NullMarked;
