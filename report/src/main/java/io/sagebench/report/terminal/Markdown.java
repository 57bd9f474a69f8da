package io.sagebench.report.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Text and tables in GitHub's Markdown. Whatever a name holds, it is shown and means nothing: no table is broken by it, no code or HTML begins.
final class Markdown {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*\\[\\]|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])");

    private final List<String> lines = new ArrayList<>();

    /// A text without meaning to Markdown, on one line.
    static String escaped(String text) {
        String plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replaceAll("\\s+", " ");
        return SPECIAL.matcher(plain).replaceAll("\\\\$0");
    }

    void heading(int level, String text) {
        paragraphEnd();
        lines.add("#".repeat(level) + " " + escaped(text));
        lines.add("");
    }

    void table(Columns table) {
        paragraphEnd();
        lines.add(row(table.header()));
        lines.add("|" + " --- |".repeat(table.header().size()));
        table.rows().forEach(row -> lines.add(row(row)));
        lines.add("");
    }

    private static String row(List<String> cells) {
        var row = new StringBuilder("|");
        cells.forEach(cell -> row.append(' ').append(escaped(cell)).append(" |"));
        return row.toString();
    }

    /// Lines of text: a list, in which lines that are indented go with the one before.
    void text(List<String> text) {
        for (String line : text) {
            if (line.isBlank()) {
                paragraphEnd();
            } else if (line.startsWith("  ") && !lines.isEmpty() && lines.getLast().startsWith("- ")) {
                lines.set(lines.size() - 1, lines.getLast() + " " + escaped(line.strip()));
            } else {
                lines.add("- " + escaped(line.strip()));
            }
        }
        paragraphEnd();
    }

    private void paragraphEnd() {
        if (!lines.isEmpty() && !lines.getLast().isEmpty()) {
            lines.add("");
        }
    }

    /// All of it, each line ended.
    String done() {
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return String.join("\n", lines) + "\n";
    }
}
