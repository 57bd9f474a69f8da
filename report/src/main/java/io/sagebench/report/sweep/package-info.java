/// What came of a sweep over arrival rates: the same load, faster and faster.
///
/// Start at [SweepReport]; [Knee] is the rate beyond which more arrives than is served.
@NullMarked
package io.sagebench.report.sweep;

import org.jspecify.annotations.NullMarked;
