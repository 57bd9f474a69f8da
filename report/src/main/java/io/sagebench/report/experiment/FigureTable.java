package io.sagebench.report.experiment;

import java.util.List;

/// A table for people.
///
/// @param title  stands above it; empty for none
/// @param header one title a column
/// @param rows   as many figures each
public record FigureTable(String title, List<String> header, List<List<Figure>> rows) {
    public FigureTable {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
