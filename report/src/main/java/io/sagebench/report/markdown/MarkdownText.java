package io.sagebench.report.markdown;

import io.sagebench.report.view.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Text and tables in GitHub's Markdown. Whatever a name holds, it is shown and means nothing: no table is broken by it, no code or HTML begins.
public final class MarkdownText implements Page {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*\\[\\]|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])");

    private final List<String> lines = new ArrayList<>();

    /// A text without meaning to Markdown, on one line.
    public static String escaped(String text) {
        String plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replaceAll("\\s+", " ");
        return SPECIAL.matcher(plain).replaceAll("\\\\$0");
    }

    @Override
    public void heading(int level, String text) {
        paragraphEnd();
        lines.add("#".repeat(level) + " " + escaped(text));
        lines.add("");
    }

    @Override
    public void table(List<String> header, List<List<String>> rows) {
        paragraphEnd();
        lines.add(row(header));
        lines.add("|" + " --- |".repeat(header.size()));
        rows.forEach(row -> lines.add(row(row)));
        lines.add("");
    }

    private static String row(List<String> cells) {
        var row = new StringBuilder("|");
        cells.forEach(cell -> row.append(' ').append(escaped(cell)).append(" |"));
        return row.toString();
    }

    @Override
    public void list(List<String> texts) {
        paragraphEnd();
        texts.forEach(text -> lines.add("- " + escaped(text.strip())));
        paragraphEnd();
    }

    @Override
    public void paragraph(String text) {
        paragraphEnd();
        lines.add(escaped(text));
        lines.add("");
    }

    @Override
    public void strong(String text) {
        paragraphEnd();
        lines.add("**" + escaped(text) + "**");
        lines.add("");
    }

    @Override
    public void code(String text) {
        paragraphEnd();
        String fence = "`".repeat(Math.max(3, longestRunOfTicks(text) + 1));
        lines.add(fence + "text");
        lines.addAll(text.lines().toList());
        lines.add(fence);
        lines.add("");
    }

    private static int longestRunOfTicks(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    @Override
    public void picture(String what, String path) {
        paragraphEnd();
        lines.add("![" + escaped(what) + "](<" + path.replace("%", "%25").replace("<", "%3C").replace(">", "%3E") + ">)");
        lines.add("");
    }

    private void paragraphEnd() {
        if (!lines.isEmpty() && !lines.getLast().isEmpty()) {
            lines.add("");
        }
    }

    /// All of it, each line ended.
    public String done() {
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return String.join("\n", lines) + "\n";
    }
}
