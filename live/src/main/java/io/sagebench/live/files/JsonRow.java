package io.sagebench.live.files;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One JSON object of a file. What is not as it should be is told and read as absent, so that all mistakes of a row are found.
final class JsonRow {
    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final JsonNode fields;
    private final Consumer<String> mistake;

    private JsonRow(JsonNode fields, Consumer<String> mistake) {
        this.fields = fields;
        this.mistake = mistake;
    }

    /// The object a text is; absent, after telling why, when it is none.
    static Optional<JsonRow> parse(String text, Consumer<String> mistake) {
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (UnexpectedEndOfInputException _) {
            mistake.accept("is cut off: " + Mistakes.quoted(text));
            return Optional.empty();
        } catch (JacksonException broken) {
            mistake.accept("is not valid JSON: " + first(broken.getOriginalMessage()));
            return Optional.empty();
        }
        if (!node.isObject()) {
            mistake.accept("must be a JSON object such as {\"prompt\": \"...\"}, but is " + Mistakes.quoted(text));
            return Optional.empty();
        }
        return Optional.of(new JsonRow(node, mistake));
    }

    /// The same, without a word about mistakes.
    static JsonRow quietly(JsonRow row) {
        return new JsonRow(row.fields, _ -> {});
    }

    private static String first(String message) {
        String line = message.lines().findFirst().orElse(message).replaceAll(" \\(code \\d+\\)", "");
        int hint = line.indexOf(": ");
        return Character.toLowerCase(line.charAt(0)) + line.substring(1, hint > 40 ? hint : line.length());
    }

    boolean has(String key) {
        return fields.has(key) && !fields.get(key).isNull();
    }

    /// The keys that are none of these.
    List<String> keysBeside(Set<String> known) {
        var unknown = new ArrayList<String>();
        for (String key : fields.propertyNames()) {
            if (!known.contains(key)) {
                unknown.add(key);
            }
        }
        return unknown;
    }

    /// The first of these keys that it has.
    Optional<String> keyOf(List<String> keys) {
        return keys.stream().filter(this::has).findFirst();
    }

    private @Nullable JsonNode get(String key) {
        return has(key) ? fields.get(key) : null;
    }

    /// A text that is not blank.
    Optional<String> text(String key) {
        JsonNode value = get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isString()) {
            return wrong(key, "a text", value);
        }
        if (value.stringValue().isBlank()) {
            mistake.accept(key + " must be a text, but is empty");
            return Optional.empty();
        }
        return Optional.of(value.stringValue());
    }

    /// A text that may be blank.
    Optional<String> raw(String key) {
        JsonNode value = get(key);
        return value == null ? Optional.empty() : value.isString() ? Optional.of(value.stringValue()) : wrong(key, "a text", value);
    }

    /// A whole number in that range.
    Optional<Integer> whole(String key, int least, int most) {
        JsonNode value = get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least || value.intValue() > most) {
            return wrong(key, "a whole number " + (most == Integer.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most), value);
        }
        return Optional.of(value.intValue());
    }

    /// Any whole number of 64 bits; of more, the low ones.
    Optional<Long> wholeLong(String key) {
        JsonNode value = get(key);
        if (value == null) {
            return Optional.empty();
        }
        return value.isIntegralNumber() ? Optional.of(value.bigIntegerValue().longValue()) : wrong(key, "a whole number", value);
    }

    /// A number of at least 0, to its last digit.
    Optional<BigDecimal> decimal(String key) {
        JsonNode value = get(key);
        if (value == null) {
            return Optional.empty();
        }
        return value.isNumber() && value.decimalValue().signum() >= 0
                ? Optional.of(value.decimalValue())
                : wrong(key, "a number of at least 0", value);
    }

    /// A list of whole numbers.
    Optional<long[]> wholes(String key) {
        JsonNode value = get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isArray()) {
            return wrong(key, "a list of whole numbers", value);
        }
        long[] numbers = new long[value.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!value.get(i).isIntegralNumber()) {
                return wrong(key, "a list of whole numbers", value);
            }
            numbers[i] = value.get(i).bigIntegerValue().longValue();
        }
        return Optional.of(numbers);
    }

    /// A list of texts, none of them blank.
    Optional<List<String>> texts(String key, int most) {
        JsonNode value = get(key);
        if (value == null) {
            return Optional.empty();
        }
        var texts = new ArrayList<String>();
        if (value.isArray()) {
            for (JsonNode text : value) {
                if (text.isString() && !text.stringValue().isBlank()) {
                    texts.add(text.stringValue());
                }
            }
        }
        if (texts.isEmpty() || texts.size() != value.size() || texts.size() > most) {
            return wrong(key, "a list of 1 to " + most + " texts", value);
        }
        return Optional.of(texts);
    }

    /// The objects of a list.
    Optional<List<JsonRow>> rows(String key) {
        JsonNode value = get(key);
        if (value == null) {
            return Optional.empty();
        }
        var rows = new ArrayList<JsonRow>();
        if (value.isArray()) {
            for (JsonNode row : value) {
                if (row.isObject()) {
                    rows.add(new JsonRow(row, mistake));
                }
            }
        }
        return value.isArray() && rows.size() == value.size() ? Optional.of(rows) : wrong(key, "a list of objects", value);
    }

    private <T> Optional<T> wrong(String key, String expected, JsonNode value) {
        mistake.accept(key + " must be " + expected + ", but is " + shown(value));
        return Optional.empty();
    }

    private static String shown(JsonNode value) {
        if (value.isString()) {
            return Mistakes.quoted(value.stringValue());
        }
        if (value.isArray()) {
            return value.isEmpty() ? "an empty list" : "a list of others";
        }
        return value.isObject() ? "an object" : value.asString();
    }
}
