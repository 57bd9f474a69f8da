/// Numbers to things people read: what a report is made of, and the files it becomes.
///
/// Start at [io.sagebench.report.BenchmarkReport]. Reads results, never a running system.
@NullMarked
package io.sagebench.report;

import org.jspecify.annotations.NullMarked;
