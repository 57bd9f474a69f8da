package io.sagebench.benchmark.config;

import io.sagebench.benchmark.config.Given.Fields;
import io.sagebench.benchmark.config.Given.Form;
import io.sagebench.benchmark.config.Given.Items;
import io.sagebench.benchmark.config.Given.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes apart what an option gives as one text: `a,b,c`, `a=1,b=2`, `1-2`.
final class OptionText {
    private static final Pattern RANGE = Pattern.compile("\\s*([^-\\s]+)\\s*-\\s*([^-\\s]+)\\s*");

    private final Origin origin;
    private final List<Problem> problems;

    OptionText(Origin origin, List<Problem> problems) {
        this.origin = origin;
        this.problems = problems;
    }

    Optional<Given> read(Setting.Shape shape, String text) {
        return switch (shape) {
            case SCALAR -> Optional.of(scalar(text));
            case LIST -> Optional.of(list(text));
            case MAP -> map(text).map(fields -> new Fields(origin, fields));
            case RANGE -> range(text);
        };
    }

    private Given list(String text) {
        var items = new ArrayList<Given>();
        for (String item : text.split(",", -1)) {
            items.add(scalar(item));
        }
        return new Items(origin, items);
    }

    /// The entries of `a=1,b=2`; nothing when it is not of that form.
    Optional<Map<String, Given>> map(String text) {
        var fields = new LinkedHashMap<String, Given>();
        for (String entry : text.split(",", -1)) {
            int equals = entry.lastIndexOf('=');
            if (equals < 1 || entry.substring(0, equals).isBlank()) {
                problems.add(origin.problem("must be of the form NAME=NUMBER,NAME=NUMBER, but is '" + text + "'"));
                return Optional.empty();
            }
            String name = entry.substring(0, equals).strip();
            if (fields.put(name, scalar(entry.substring(equals + 1))) != null) {
                problems.add(origin.problem("must name each only once, but names '" + name + "' twice"));
                return Optional.empty();
            }
        }
        return Optional.of(fields);
    }

    private Optional<Given> range(String text) {
        Matcher ends = RANGE.matcher(text);
        if (!ends.matches()) {
            problems.add(origin.problem("must be of the form MIN-MAX such as 50-500, but is '" + text + "'"));
            return Optional.empty();
        }
        return Optional.of(new Items(origin, List.of(scalar(ends.group(1)), scalar(ends.group(2)))));
    }

    private Given scalar(String text) {
        return new Scalar(origin, Form.UNTYPED, text.strip());
    }
}
