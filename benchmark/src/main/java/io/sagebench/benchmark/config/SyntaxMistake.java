package io.sagebench.benchmark.config;

import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/// Why a text is no YAML or JSON, said for the person who wrote it rather than in the words of a parser.
///
/// @param line where, from 1; 0 when unknown
/// @param what in one line
record SyntaxMistake(int line, String what) {
    private static final Pattern MARK = Pattern.compile("^ in .*, line (\\d+), column \\d+:$");
    private static final Pattern NO_START = Pattern.compile("found character '(.+)' that cannot start any token.*");
    private static final Pattern NOT_CLOSED = Pattern.compile("expected ',' or '(.)', but got .*");
    private static final Pattern NOT_A_KEY = Pattern.compile("expected <block end>, but found '(.+)'");
    private static final Pattern ESCAPE = Pattern.compile("found unknown escape character (.)\\(\\d+\\)");

    /// What the YAML parser says: perhaps what it was doing, and where that began; then what was wrong, and where.
    private record Told(String doing, int begun, String wrong, int at) {}

    /// What a parser of YAML or JSON found.
    static SyntaxMistake of(JacksonException broken) {
        String message = broken.getOriginalMessage();
        var lines = new ArrayList<String>();
        var marks = new ArrayList<Integer>();
        message.lines().forEach(line -> {
            Matcher mark = MARK.matcher(line);
            if (mark.matches()) {
                marks.add(Integer.parseInt(mark.group(1)));
            } else if (!line.startsWith("    ") && !line.isBlank()) {
                lines.add(line.strip());
            }
        });
        if (marks.isEmpty()) {
            var at = broken.getLocation();
            return new SyntaxMistake(at == null ? 0 : Math.max(0, at.getLineNr()), json(message));
        }
        return yaml(new Told(lines.getFirst(), marks.getFirst(), lines.getLast(), marks.getLast()));
    }

    private static SyntaxMistake yaml(Told told) {
        Matcher noStart = NO_START.matcher(told.wrong);
        if (noStart.matches()) {
            String found = noStart.group(1);
            return told.wrong.contains("TAB")
                    ? new SyntaxMistake(told.at, "has a tab where YAML wants blanks")
                    : new SyntaxMistake(told.at, "a text that begins with " + found + " must stand in quotes");
        }
        Matcher notClosed = NOT_CLOSED.matcher(told.wrong);
        if (notClosed.matches()) {
            String close = notClosed.group(1);
            String open = close.equals("]") ? "[" : "{";
            return new SyntaxMistake(
                    told.at, "a ',' or '" + close + "' is missing here or before; the '" + open + "' is in line " + told.begun);
        }
        Matcher notAKey = NOT_A_KEY.matcher(told.wrong);
        if (notAKey.matches()) {
            return new SyntaxMistake(told.at, unexpected(notAKey.group(1)));
        }
        Matcher escape = ESCAPE.matcher(told.wrong);
        if (escape.matches()) {
            return new SyntaxMistake(
                    told.at, "there is no '\\" + escape.group(1) + "' in double quotes; single quotes take a text as it is");
        }
        return switch (told.wrong) {
            case "mapping values are not allowed here" ->
                new SyntaxMistake(
                        told.at,
                        "has a ':' where no key can be; a text with ': ' in it must stand in quotes, or the line before lacks its ':',"
                                + " or the indentation differs");
            case "could not find expected ':'" -> new SyntaxMistake(told.begun, "has a key without ':'");
            case "found unexpected end of stream" ->
                new SyntaxMistake(told.begun, "has a quote that is not closed");
            default -> new SyntaxMistake(told.at, told.wrong);
        };
    }

    private static String unexpected(String found) {
        return found.startsWith("<") || found.equals("-")
                ? "is indented otherwise than the lines it belongs to"
                : "has a '" + found + "' where it belongs to nothing";
    }

    private static String json(String message) {
        String first = message.lines().findFirst().orElse(message);
        return lowerCased(first.replaceAll("\\(('.*?') \\(code \\d+\\)\\)", "$1")
                .replaceAll("\\(\\(CTRL-CHAR, code (\\d+)\\)\\)", "$1")
                .replaceAll(" \\((for|start marker)[^\\[]*\\[.*\\]\\)", "")
                .replace("was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", "expected a value")
                .replace("was expecting double-quote to start property name", "expected a key in double quotes")
                .replace("Unexpected end-of-input: expected close marker for Object", "it ends before a '{' is closed")
                .replace("Unexpected end-of-input: expected close marker for Array", "it ends before a '[' is closed"));
    }

    private static String lowerCased(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    /// The mistake in a file or text of that name.
    Problem in(String name) {
        return new Problem(line > 0 ? name + ", line " + line : name, "not valid: " + what);
    }
}
