/// Tests of the charts.
@NullMarked
package io.sagebench.report.chart;

import org.jspecify.annotations.NullMarked;
