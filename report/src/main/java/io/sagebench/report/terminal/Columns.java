package io.sagebench.report.terminal;

import java.util.ArrayList;
import java.util.List;

/// A table whose columns are as wide as their longest cell: nothing is ever cut.
///
/// @param header one title a column
/// @param rows   as many cells each as there are titles
public record Columns(List<String> header, List<List<String>> rows) {
    public Columns {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /// How wide it is with its columns side by side.
    public int width() {
        return line(header, widths()).length();
    }

    /// Side by side, or when that is wider than `most`, one cell a line with a paragraph for each row.
    public List<String> lines(int most) {
        return width() <= most ? sideBySide() : stacked();
    }

    private List<String> sideBySide() {
        int[] widths = widths();
        var lines = new ArrayList<String>();
        lines.add(line(header, widths));
        var rule = new StringBuilder("|");
        for (int width : widths) {
            rule.append("-".repeat(width + 2)).append('|');
        }
        lines.add(rule.toString());
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private List<String> stacked() {
        int widest = header.stream().mapToInt(String::length).max().orElse(0);
        var lines = new ArrayList<String>();
        for (List<String> row : rows) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(row.getFirst());
            for (int i = 1; i < row.size(); i++) {
                lines.add("  " + padded(header.get(i), widest) + "  " + row.get(i));
            }
        }
        return lines;
    }

    private int[] widths() {
        int[] widths = header.stream().mapToInt(String::length).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static String line(List<String> cells, int[] widths) {
        var line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            line.append(' ').append(padded(cells.get(i), widths[i])).append(" |");
        }
        return line.toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
