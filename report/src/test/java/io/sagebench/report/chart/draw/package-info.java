/// Tests of the pictures.
@NullMarked
package io.sagebench.report.chart.draw;

import org.jspecify.annotations.NullMarked;
