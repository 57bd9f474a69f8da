package io.sagebench.report.terminal;

import io.sagebench.request.Check;

/// What the place that is printed to can show.
///
/// @param width  columns there are
/// @param colour whether it understands colours and bold
public record TerminalStyle(int width, boolean colour) {
    /// For files and pipes: as wide as needed, and plain.
    public static final TerminalStyle PLAIN = new TerminalStyle(Integer.MAX_VALUE, false);

    public TerminalStyle {
        Check.atLeast(1, width, "width");
    }

    String bold(String text) {
        return colour ? "\u001B[1m" + text + "\u001B[0m" : text;
    }
}
