package io.sagebench.live.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The cells of a line of CSV (RFC 4180): separated by commas, in double quotes where they have commas, quotes or line ends.
final class CsvCells {
    private CsvCells() {}

    /// Absent when a quote is not closed or stands in the middle of a cell.
    static Optional<List<String>> of(String row) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        int at = 0;
        while (true) {
            cell.setLength(0);
            if (at < row.length() && row.charAt(at) == '"') {
                at = quoted(row, at + 1, cell);
                if (at < 0) {
                    return Optional.empty();
                }
            } else {
                while (at < row.length() && row.charAt(at) != ',') {
                    if (row.charAt(at) == '"') {
                        return Optional.empty();
                    }
                    cell.append(row.charAt(at++));
                }
            }
            cells.add(cell.toString());
            if (at == row.length()) {
                return Optional.of(cells);
            }
            at++; // the comma
        }
    }

    /// @return where the cell has ended: at a comma or the end of the row; -1 when it has not
    private static int quoted(String row, int from, StringBuilder cell) {
        int at = from;
        while (at < row.length()) {
            char unit = row.charAt(at++);
            if (unit != '"') {
                cell.append(unit);
            } else if (at < row.length() && row.charAt(at) == '"') {
                cell.append('"');
                at++;
            } else {
                return at == row.length() || row.charAt(at) == ',' ? at : -1;
            }
        }
        return -1;
    }

    /// A cell as it is written.
    static String written(String text) {
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
