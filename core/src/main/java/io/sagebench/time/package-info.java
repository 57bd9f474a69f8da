/// Time: the only source of "now" and of "later".
///
/// Start at [io.sagebench.time.Timeline]. The same deciding code runs on [io.sagebench.time.VirtualTimeline], where waiting costs nothing, and on the live
/// timeline of the `live` module. All times are nanoseconds since the run began.
@NullMarked
package io.sagebench.time;

import org.jspecify.annotations.NullMarked;
