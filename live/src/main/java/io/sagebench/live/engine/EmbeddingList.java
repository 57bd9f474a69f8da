package io.sagebench.live.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// What a server answers to a request for embeddings. Vectors are kept as it wrote them, numbers or base 64, so that nothing is rounded on the way.
///
/// @param vectors      the JSON of each, in the order of the texts
/// @param model        its name as JSON
/// @param promptTokens `usage.prompt_tokens`; absent when it does not say
record EmbeddingList(List<byte[]> vectors, String model, OptionalInt promptTokens) {

    /// It is not what it should be.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /// Reads the answer to a request with `texts` texts.
    ///
    /// @throws Malformed when it has not exactly one vector for each
    static EmbeddingList read(byte[] body, int texts) throws Malformed {
        try (JsonParser json = JsonMapper.shared().createParser(body)) {
            return new Reading(body, json, texts).list();
        } catch (JacksonException malformed) {
            throw new Malformed("not JSON: " + malformed.getOriginalMessage());
        }
    }

    private static final class Reading {
        private final byte[] body;
        private final JsonParser json;
        private final byte[][] vectors;
        private String model = "\"\"";
        private OptionalInt promptTokens = OptionalInt.empty();

        Reading(byte[] body, JsonParser json, int texts) {
            this.body = body;
            this.json = json;
            this.vectors = new byte[texts][];
        }

        EmbeddingList list() throws Malformed {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new Malformed("not a JSON object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("data") && value == JsonToken.START_ARRAY) {
                    data();
                } else if (name.equals("usage") && value == JsonToken.START_OBJECT) {
                    usage();
                } else if (name.equals("model") && value == JsonToken.VALUE_STRING) {
                    model = new String(raw(), java.nio.charset.StandardCharsets.UTF_8);
                } else {
                    json.skipChildren();
                }
            }
            for (int i = 0; i < vectors.length; i++) {
                if (vectors[i] == null) {
                    throw new Malformed("no vector for text " + i + " of " + vectors.length);
                }
            }
            return new EmbeddingList(new ArrayList<>(Arrays.asList(vectors)), model, promptTokens);
        }

        private void data() throws Malformed {
            for (int position = 0; json.nextToken() == JsonToken.START_OBJECT; position++) {
                int index = position;
                byte[] vector = null;
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = json.currentName();
                    JsonToken value = json.nextToken();
                    if (name.equals("index") && value == JsonToken.VALUE_NUMBER_INT) {
                        index = json.getIntValue();
                    } else if (name.equals("embedding")) {
                        vector = raw();
                    } else {
                        json.skipChildren();
                    }
                }
                put(index, vector);
            }
        }

        private void put(int index, byte @Nullable [] vector) throws Malformed {
            if (vector == null || index < 0 || index >= vectors.length || vectors[index] != null) {
                throw new Malformed("text " + index + " of " + vectors.length + " has no vector, or two, or is none of them");
            }
            vectors[index] = vector;
        }

        private void usage() {
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("prompt_tokens") && value == JsonToken.VALUE_NUMBER_INT) {
                    promptTokens = OptionalInt.of(json.getIntValue());
                } else {
                    json.skipChildren();
                }
            }
        }

        /// The current value as it stands in the body.
        private byte[] raw() {
            int from = Math.toIntExact(json.currentTokenLocation().getByteOffset());
            json.skipChildren();
            json.finishToken();
            return Arrays.copyOfRange(body, from, Math.toIntExact(json.currentLocation().getByteOffset()));
        }
    }
}
