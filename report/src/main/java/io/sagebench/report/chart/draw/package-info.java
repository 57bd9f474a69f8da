/// Draws charts as pictures: PNG, SVG and PDF, on a light ground, without a screen.
///
/// Start at [io.sagebench.report.chart.draw.ChartFiles], which writes many, or [io.sagebench.report.chart.draw.ChartPicture], which draws one.
@NullMarked
package io.sagebench.report.chart.draw;

import org.jspecify.annotations.NullMarked;
