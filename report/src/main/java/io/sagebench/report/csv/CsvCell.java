package io.sagebench.report.csv;

import java.util.regex.Pattern;

/// A cell of a file that people open in a spreadsheet (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it,
/// as OWASP's "CSV Injection" advises; numbers are left as they are.
public final class CsvCell {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");
    private static final String FORMULA = "=+-@\t\r";
    private static final String TO_BE_QUOTED = ",\"\r\n";

    private CsvCell() {}

    /// A text or a number as a cell.
    public static String of(String text) {
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 && !NUMBER.matcher(text).matches();
        String safe = formula ? "'" + text : text;
        return safe.chars().anyMatch(unit -> TO_BE_QUOTED.indexOf(unit) >= 0) ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
