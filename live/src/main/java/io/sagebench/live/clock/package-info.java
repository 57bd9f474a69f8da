/// Live time: the machine's clock and the one thread on which decisions are made.
///
/// Start at [io.sagebench.live.clock.LiveTimeline]. Event loops do the I/O, stamp what they read with [io.sagebench.live.clock.RunClock],
/// and post it to the timeline. All times are nanoseconds since the run began.
@NullMarked
package io.sagebench.live.clock;

import org.jspecify.annotations.NullMarked;
