/// When requests are sent: evenly, at random gaps of several kinds, in bursts, along a curve, or all at once.
///
/// Start at [io.sagebench.arrival.ArrivalProcess]. Times are nanoseconds since the first moment of the plan; all chance comes from the run's
/// seed. To add a process, implement the interface and its contract test.
@NullMarked
package io.sagebench.arrival;

import org.jspecify.annotations.NullMarked;
