package io.sagebench.report.terminal;

import io.sagebench.report.view.Page;
import java.util.ArrayList;
import java.util.List;

/// Words and tables for a terminal: as wide as it is, and plain where it cannot show more. Control characters in names are left out.
public final class TerminalText implements Page {
    private static final int WIDEST_TEXT = 120;

    private final TerminalStyle style;
    private final List<String> lines = new ArrayList<>();

    /// @param style what the terminal can show
    public TerminalText(TerminalStyle style) {
        this.style = style;
    }

    @Override
    public void heading(int level, String text) {
        paragraphEnd();
        lines.add(style.bold(plain(text)));
        if (level == 1) {
            lines.add("=".repeat(Math.min(width(), text.length())));
        }
    }

    @Override
    public void paragraph(String text) {
        wrapped("", text);
        paragraphEnd();
    }

    @Override
    public void strong(String text) {
        Wrapped.lines("", words(text), " ", width()).forEach(line -> lines.add(style.bold(line)));
        paragraphEnd();
    }

    @Override
    public void list(List<String> texts) {
        texts.forEach(text -> wrapped("- ", text));
        paragraphEnd();
    }

    @Override
    public void table(List<String> header, List<List<String>> rows) {
        lines.addAll(new Columns(
                        header.stream().map(TerminalText::plain).toList(),
                        rows.stream().map(row -> row.stream().map(TerminalText::plain).toList()).toList())
                .lines(style.width()));
        paragraphEnd();
    }

    @Override
    public void code(String text) {
        text.lines().forEach(line -> lines.add("  " + plain(line)));
        paragraphEnd();
    }

    @Override
    public void picture(String title, String path) {
        lines.add(plain(title) + ": " + plain(path));
    }

    private void wrapped(String label, String text) {
        lines.addAll(Wrapped.lines(label, words(text), " ", width()));
    }

    private int width() {
        return Math.min(style.width(), WIDEST_TEXT);
    }

    private static List<String> words(String text) {
        return List.of(plain(text).split(" ", -1));
    }

    static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}]", " ");
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
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }
}
