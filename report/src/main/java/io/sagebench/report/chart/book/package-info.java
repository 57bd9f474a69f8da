/// Which charts there are, and what each takes from a results file.
///
/// Start at [io.sagebench.report.chart.book.ChartBook]. To add a chart, write a method in the class of its subject that gives a
/// [io.sagebench.report.chart.Plot], call it in `ChartBook`, and add its row to `docs/reference/charts.md`.
@NullMarked
package io.sagebench.report.chart.book;

import org.jspecify.annotations.NullMarked;
