package io.sagebench.live.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// Puts another model into the body of a request, and leaves every other byte as the client wrote it.
final class ModelSplice {
    private static final JsonFactory JSON = new JsonFactory();

    private ModelSplice() {}

    /// @param body a JSON object, in UTF-8; not changed
    /// @throws IllegalArgumentException when it is none
    static byte[] withModel(byte[] body, String model) {
        byte[] name = JsonMapper.shared().writeValueAsBytes(model);
        var spliced = new ByteArrayOutputStream(body.length + name.length);
        int copied = 0;
        boolean found = false;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("a request that was accepted is no JSON object");
            }
            int afterBrace = (int) parser.currentLocation().getByteOffset();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isModel = parser.currentName().equals("model");
                parser.nextToken();
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                if (isModel) {
                    found = true;
                    spliced.write(body, copied, from - copied);
                    spliced.writeBytes(name);
                    copied = (int) parser.currentLocation().getByteOffset();
                }
            }
            if (!found) {
                spliced.write(body, 0, afterBrace);
                spliced.writeBytes("\"model\":".getBytes(UTF_8));
                spliced.writeBytes(name);
                spliced.write(',');
                copied = afterBrace;
            }
        }
        spliced.write(body, copied, body.length - copied);
        return spliced.toByteArray();
    }
}
