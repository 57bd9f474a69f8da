/// What a results file of any kind says, for those who draw and print it: benchmarks, sweeps, experiments and engine runs, ours and those of
/// layout "1.0".
///
/// Start at [io.sagebench.report.view.ResultsView]. What a file does not say is absent, never zero.
@NullMarked
package io.sagebench.report.view;

import org.jspecify.annotations.NullMarked;
