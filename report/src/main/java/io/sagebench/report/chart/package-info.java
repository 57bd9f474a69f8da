/// What charts show, before anything draws them: the same chart is drawn with a script in a page, and as a picture in a file.
///
/// Start at [io.sagebench.report.chart.Chart].
@NullMarked
package io.sagebench.report.chart;

import org.jspecify.annotations.NullMarked;
