package io.sagebench.report.chart;

/// A chart that cannot be made of these results.
///
/// @param stem its name
/// @param why  a sentence's end for people, after `latency_cdf: `: `the file has no requests`
public record NoChart(String stem, String why) implements Plot {}
