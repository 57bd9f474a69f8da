/// What came of an experiment: several benchmarks that answer one question.
///
/// Start at [ExperimentResult].
@NullMarked
package io.sagebench.report.experiment;

import org.jspecify.annotations.NullMarked;
