package io.sagebench.report.chart;

/// A straight line across a panel.
///
/// @param label what it stands for: `p99 412 ms`, `target 95 %`
/// @param value where it crosses its axis
/// @param upright whether it stands on the x axis; else it lies across from the y axis
public record Mark(String label, double value, boolean upright) {}
