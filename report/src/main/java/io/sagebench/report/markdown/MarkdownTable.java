package io.sagebench.report.markdown;

import java.util.List;

/// Tables of GitHub's Markdown, whatever the cells hold.
public final class MarkdownTable {
    private MarkdownTable() {}

    /// The first two columns are texts, the others figures that stand to the right.
    ///
    /// @param header one title a column
    /// @param rows   as many cells each
    public static String of(List<String> header, List<List<String>> rows) {
        var text = new StringBuilder(line(header)).append('|');
        for (int i = 0; i < header.size(); i++) {
            text.append(i < 2 ? "---|" : "--:|");
        }
        text.append('\n');
        rows.forEach(row -> text.append(line(row)));
        return text.toString();
    }

    /// As text that Markdown and HTML leave alone.
    public static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("`", "\\`")
                .replace("*", "\\*")
                .replace("[", "\\[")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\r", " ")
                .replace("\n", " ");
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells.stream().map(MarkdownTable::escaped).toList()) + " |\n";
    }
}
