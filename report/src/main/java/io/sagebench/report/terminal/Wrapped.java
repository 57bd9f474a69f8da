package io.sagebench.report.terminal;

import java.util.ArrayList;
import java.util.List;

/// Parts of text laid out over as many lines as they need; a part is never broken.
final class Wrapped {
    private Wrapped() {}

    /// `label`, then the parts; further lines are indented as wide as the label.
    static List<String> lines(String label, List<String> parts, String separator, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(label);
        boolean empty = true;
        for (String part : parts) {
            if (!empty && line.length() + separator.length() + part.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(label.length()));
                empty = true;
            }
            line.append(empty ? "" : separator).append(part);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
