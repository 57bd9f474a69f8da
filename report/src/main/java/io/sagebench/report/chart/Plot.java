package io.sagebench.report.chart;

/// A chart, or why there is none.
public sealed interface Plot permits Chart, NoChart {
    /// The stable name, which files are called by: `latency_cdf`.
    String stem();
}
