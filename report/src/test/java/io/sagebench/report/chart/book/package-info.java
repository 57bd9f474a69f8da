/// Tests of what charts are made of.
@NullMarked
package io.sagebench.report.chart.book;

import org.jspecify.annotations.NullMarked;
