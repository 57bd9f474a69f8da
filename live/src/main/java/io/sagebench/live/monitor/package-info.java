/// How the machine, its accelerators, this process and the servers it talks to do while a run goes on.
///
/// Start at [io.sagebench.live.monitor.MachineMonitor], and at [io.sagebench.live.monitor.ClientHealthMonitor] for the load generator's own health.
@NullMarked
package io.sagebench.live.monitor;

import org.jspecify.annotations.NullMarked;
