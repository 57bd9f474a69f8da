package io.sagebench.live.engine.metrics;

import io.sagebench.live.engine.metrics.MetricSamples.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Reads the text format of Prometheus (version 0.0.4) and of OpenMetrics: comments, labels with escapes, quoted names, timestamps and exemplars.
/// As Prometheus itself, it takes a page whole or not at all.
public final class PrometheusText {
    private static final char END = '\0';

    private final String text;
    private final Predicate<String> wanted;
    private final Map<String, List<Sample>> samples = new HashMap<>();
    private int at;
    private int line = 1;

    private PrometheusText(String text, Predicate<String> wanted) {
        this.text = text;
        this.wanted = wanted;
    }

    /// What came of reading.
    public sealed interface Page {
        /// It is a page of metrics.
        record Read(MetricSamples samples) implements Page {}

        /// It is not.
        ///
        /// @param reason for people, with the line
        record Malformed(String reason) implements Page {}
    }

    /// Reads a page.
    ///
    /// @param wanted the names whose samples are kept; of the lines of all others nothing but the name is looked at
    public static Page read(String text, Predicate<String> wanted) {
        var reader = new PrometheusText(text, wanted);
        try {
            while (reader.at < text.length()) {
                reader.line();
                reader.endLine();
            }
        } catch (NotMetrics reason) {
            return new Page.Malformed("line " + reader.line + ": " + reason.getMessage());
        }
        return new Page.Read(new MetricSamples(reader.samples));
    }

    private void line() throws NotMetrics {
        skipBlanks();
        char first = peek();
        if (first == '#' || first == '\n' || first == '\r' || first == END) {
            skipToEnd();
            return;
        }
        Map<String, String> labels = new LinkedHashMap<>();
        String name = "";
        if (first != '{') {
            name = name("the name of a metric");
            if (!wanted.test(name)) {
                skipToEnd();
                return;
            }
            skipBlanks();
        }
        if (peek() == '{') {
            name = labels(name, labels);
        }
        if (name.isEmpty()) {
            throw new NotMetrics("the name of the metric is missing");
        }
        double value = value();
        if (wanted.test(name)) {
            samples.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Sample(labels, value));
        }
        skipBlanks();
        if (peek() != '#' && !isLineEnd(peek())) {
            value(); // the timestamp, which says nothing that we do not know better
            skipBlanks();
        }
        if (peek() == '#') {
            skipToEnd(); // an exemplar
        } else if (!isLineEnd(peek())) {
            throw new NotMetrics("expected the end of the line, but found '" + peek() + "'");
        }
    }

    /// Reads `{a="1",b="2"}`, or `{"name",a="1"}`, which has the name inside.
    ///
    /// @return the name of the metric
    private String labels(String outside, Map<String, String> labels) throws NotMetrics {
        String name = outside;
        at++;
        skipBlanks();
        while (peek() != '}') {
            boolean isQuoted = peek() == '"';
            String label = isQuoted ? quoted() : name("the name of a label");
            skipBlanks();
            if (peek() == '=') {
                at++;
                skipBlanks();
                labels.put(label, quoted());
                skipBlanks();
            } else if (isQuoted && name.isEmpty()) {
                name = label;
            } else {
                throw new NotMetrics("label '" + label + "' has no value");
            }
            if (peek() == ',') {
                at++;
                skipBlanks();
            } else if (peek() != '}') {
                throw new NotMetrics("expected ',' or '}' after a label");
            }
        }
        at++;
        return name;
    }

    private String quoted() throws NotMetrics {
        if (peek() != '"') {
            throw new NotMetrics("expected a quoted value");
        }
        at++;
        int from = at;
        StringBuilder unescaped = null;
        while (true) {
            char next = peek();
            if (next == '"') {
                String rest = text.substring(from, at);
                at++;
                return unescaped == null ? rest : unescaped.append(rest).toString();
            }
            if (next == END || next == '\n') {
                throw new NotMetrics("a quoted value has no end");
            }
            if (next == '\\') {
                unescaped = (unescaped == null ? new StringBuilder() : unescaped).append(text, from, at);
                at++;
                unescaped.append(escaped(peek()));
                from = at + 1;
            }
            at++;
        }
    }

    private static char escaped(char letter) throws NotMetrics {
        return switch (letter) {
            case 'n' -> '\n';
            case '\\', '"' -> letter;
            default -> throw new NotMetrics("unknown escape '\\" + letter + "'");
        };
    }

    private String name(String what) throws NotMetrics {
        int from = at;
        while (isNameLetter(peek())) {
            at++;
        }
        if (at == from) {
            throw new NotMetrics("expected " + what + ", but found " + (peek() == END ? "nothing" : "'" + peek() + "'"));
        }
        return text.substring(from, at);
    }

    private double value() throws NotMetrics {
        skipBlanks();
        int from = at;
        while (!isLineEnd(peek()) && peek() != ' ' && peek() != '\t') {
            at++;
        }
        String number = text.substring(from, at);
        return switch (number) {
            case "NaN", "nan" -> Double.NaN;
            case "+Inf", "Inf", "inf" -> Double.POSITIVE_INFINITY;
            case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> parsed(number);
        };
    }

    private static double parsed(String number) throws NotMetrics {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException _) {
            throw new NotMetrics(number.isEmpty() ? "the value is missing" : "'" + number + "' is no number");
        }
    }

    private void endLine() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
        at++;
        line++;
    }

    private void skipToEnd() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
    }

    private void skipBlanks() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private static boolean isLineEnd(char letter) {
        return letter == '\n' || letter == '\r' || letter == END;
    }

    private static boolean isNameLetter(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9')
                || letter == '_'
                || letter == ':';
    }

    /// The text is no page of metrics.
    private static final class NotMetrics extends Exception {
        private static final long serialVersionUID = 1;

        NotMetrics(String message) {
            super(message);
        }
    }
}
