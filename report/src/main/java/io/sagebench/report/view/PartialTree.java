package io.sagebench.report.view;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of a file that may end in the middle: what was there until then.
///
/// @param root   the outermost value; missing when there is nothing that could be one
/// @param broken what is wrong with the rest, and where; absent when the file is whole
record PartialTree(JsonNode root, Optional<String> broken) {

    /// Reads as far as it goes.
    static PartialTree read(InputStream in, JsonMapper mapper) {
        var builder = new Builder();
        try (JsonParser parser = mapper.createParser(in)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                builder.add(token, parser);
            }
            return new PartialTree(builder.root, Optional.empty());
        } catch (JacksonException broken) {
            String line = broken.getLocation() == null ? "" : " (line " + broken.getLocation().getLineNr() + ")";
            return new PartialTree(builder.root, Optional.of(broken.getOriginalMessage() + line));
        }
    }

    private static final class Builder {
        private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

        private final Deque<JsonNode> open = new ArrayDeque<>();
        private JsonNode root = NODES.missingNode();
        private String name = "";

        void add(JsonToken token, JsonParser parser) {
            switch (token) {
                case START_OBJECT -> opened(NODES.objectNode());
                case START_ARRAY -> opened(NODES.arrayNode());
                case END_OBJECT, END_ARRAY -> open.pop();
                case PROPERTY_NAME -> name = parser.currentName();
                case VALUE_STRING -> put(NODES.stringNode(parser.getString()));
                case VALUE_NUMBER_INT -> put(number(parser));
                case VALUE_NUMBER_FLOAT -> put(NODES.numberNode(parser.getDoubleValue()));
                case VALUE_TRUE -> put(NODES.booleanNode(true));
                case VALUE_FALSE -> put(NODES.booleanNode(false));
                case VALUE_NULL -> put(NODES.nullNode());
                case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> throw new IllegalStateException("JSON text has no " + token);
            }
        }

        private static JsonNode number(JsonParser parser) {
            return switch (parser.getNumberType()) {
                case INT -> NODES.numberNode(parser.getIntValue());
                case LONG -> NODES.numberNode(parser.getLongValue());
                default -> NODES.numberNode(parser.getBigIntegerValue());
            };
        }

        private void opened(JsonNode container) {
            put(container);
            open.push(container);
        }

        private void put(JsonNode value) {
            switch (open.peek()) {
                case ObjectNode object -> object.set(name, value);
                case ArrayNode array -> array.add(value);
                case null, default -> root = value;
            }
        }
    }
}
