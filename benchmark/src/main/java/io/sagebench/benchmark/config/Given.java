package io.sagebench.benchmark.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What was given for a setting, and where.
sealed interface Given {
    /// What needs no quotes in a message.
    Pattern LOOKS_LIKE_A_NUMBER = Pattern.compile("[+-]?([\\d._]+([eE][+-]?\\d+)?|NaN)");

    /// Where.
    Origin origin();

    /// A single value.
    ///
    /// @param form what it was written as
    /// @param text as it was written
    record Scalar(Origin origin, Form form, String text) implements Given {}

    /// A list.
    record Items(Origin origin, List<Given> items) implements Given {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// A map, in the order written.
    record Fields(Origin origin, Map<String, Given> fields) implements Given {
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /// What a single value was written as.
    enum Form {
        TEXT,
        NUMBER,
        BOOLEAN,
        /// On the command line or in the environment, where everything is text.
        UNTYPED
    }

    /// As a message shows it.
    default String shown() {
        return switch (this) {
            case Scalar(Origin _, Form form, String text) -> switch (form) {
                case NUMBER, BOOLEAN -> text;
                case TEXT -> "'" + text + "'";
                case UNTYPED -> LOOKS_LIKE_A_NUMBER.matcher(text).matches() ? text : "'" + text + "'";
            };
            case Items(Origin _, List<Given> items) -> items.isEmpty() ? "an empty list" : "a list";
            case Fields _ -> "a group of keys";
        };
    }
}
