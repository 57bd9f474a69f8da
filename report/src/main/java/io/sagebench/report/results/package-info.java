/// Results files read back: what was measured, and the facts of each request.
///
/// Start at [io.sagebench.report.results.ResultsFile].
@NullMarked
package io.sagebench.report.results;

import org.jspecify.annotations.NullMarked;
