/// The client of a run: sends requests over HTTP and finds out when their content came and how they ended.
///
/// Start at [io.sagebench.live.client.HttpLoadClient]. One event loop or more do the I/O, each with its own connections; an answer is
/// stamped where its bytes arrive, and its record is posted to the timeline. [io.sagebench.live.client.ControlPlaneAdmin] speaks to the
/// administration side, outside the measured load.
@NullMarked
package io.sagebench.live.client;

import org.jspecify.annotations.NullMarked;
