/// Runs of the engine benchmark beside each other: places on a page, and a leaderboard as a file that others can check.
///
/// Start at [Ranking] and [Leaderboard]. Only what was measured is ranked; what a results file does not say is `null`, never made up.
@NullMarked
package io.sagebench.report.engine.rank;

import org.jspecify.annotations.NullMarked;
