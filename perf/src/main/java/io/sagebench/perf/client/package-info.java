/// Measures the load client against a server that does nothing but write tokens and remember when.
///
/// Start at [io.sagebench.perf.client.ClientEvents]; the script `client-events.sh` runs it beside [io.sagebench.perf.client.NullServer],
/// each in a process of its own. Both stamp with `System.nanoTime()`, which on Linux is one clock for all processes of a machine.
@NullMarked
package io.sagebench.perf.client;

import org.jspecify.annotations.NullMarked;
