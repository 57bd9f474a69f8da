/// Two results files side by side: what changed, and whether it is more than chance.
///
/// Start at [io.sagebench.report.diff.ResultsDiff].
@NullMarked
package io.sagebench.report.diff;

import org.jspecify.annotations.NullMarked;
