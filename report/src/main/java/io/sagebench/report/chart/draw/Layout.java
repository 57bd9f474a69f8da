package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Chart;
import java.util.ArrayList;
import java.util.List;

/// Where everything lies in a picture, in points.
///
/// @param legendRows   the names in each row of the legend
/// @param captionLines under the panels
/// @param sourceLines  under the caption
record Layout(
        int width,
        int height,
        int columns,
        int panelWidth,
        int panelHeight,
        int panelsTop,
        List<String> titleLines,
        List<List<String>> legendRows,
        List<String> captionLines,
        List<String> sourceLines) {
    static final int TITLE_LINE = 25;
    static final int LEGEND_ROW = 19;
    static final int PANEL_TITLE = 20;
    static final int SWATCH = 26;
    static final int AFTER_NAME = 18;
    private static final int ONE = 940;
    private static final int SEVERAL = 1160;
    private static final int[] HEIGHTS = {440, 380, 330, 290};
    private static final double LONGEST_NAME = 260;

    static Layout of(Chart chart, List<String> legend, String source) {
        int panels = chart.panels().size();
        int columns = panels <= 3 ? panels : panels == 4 ? 2 : panels <= 9 ? 3 : 4;
        int width = panels == 1 ? ONE : SEVERAL;
        int inner = width - 2 * Theme.PAD;
        int panelWidth = (inner - (columns - 1) * Theme.GAP) / columns;
        int panelHeight = HEIGHTS[Math.min(panels == 4 ? 2 : columns, HEIGHTS.length) - 1];
        int rows = (panels + columns - 1) / columns;
        List<String> title = Ink.wrapped(chart.title(), Theme.TITLE, inner);
        List<List<String>> legendRows = legendRows(legend, inner);
        int panelsTop = Theme.PAD + title.size() * TITLE_LINE + legendRows.size() * LEGEND_ROW + 12;
        List<String> caption = Ink.wrapped(chart.caption(), Theme.TEXT, inner);
        List<String> sources = source.isBlank() ? List.of() : Ink.wrapped(source, Theme.SMALL, inner);
        int height = panelsTop + rows * (panelHeight + Theme.GAP) + caption.size() * Theme.LINE + sources.size() * Theme.LINE + Theme.PAD;
        return new Layout(width, height, columns, panelWidth, panelHeight, panelsTop, title, legendRows, caption, sources);
    }

    private static List<List<String>> legendRows(List<String> names, int most) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        double used = 0;
        for (String name : names) {
            double needed = entryWidth(name);
            if (!row.isEmpty() && used + needed > most) {
                rows.add(List.copyOf(row));
                row.clear();
                used = 0;
            }
            row.add(name);
            used += needed;
        }
        if (!row.isEmpty()) {
            rows.add(List.copyOf(row));
        }
        return rows;
    }

    static String entry(String name) {
        return Ink.fitting(name, Theme.TEXT, LONGEST_NAME);
    }

    static double entryWidth(String name) {
        return SWATCH + Ink.width(entry(name), Theme.TEXT) + AFTER_NAME;
    }
}
