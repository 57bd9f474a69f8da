package io.sagebench.live.wire;

import static io.sagebench.live.wire.JsonCursor.name;

import io.sagebench.live.wire.JsonCursor.MalformedJson;

/// Finds what a benchmark wants to know of the JSON answer to a request for embeddings: how many vectors it has, how long the first is, `usage`, a
/// top-level error. Makes no String, no number and no tree.
public final class EmbeddingScanner {
    private static final byte[] DATA = name("data");
    private static final byte[] EMBEDDING = name("embedding");
    private static final byte[] USAGE = name("usage");
    private static final byte[] PROMPT_TOKENS = name("prompt_tokens");
    private static final byte[] ERROR = name("error");
    private static final byte[] OBJECT = name("object");

    private final JsonCursor json = new JsonCursor();
    private boolean error;
    private int vectors;
    private int dimensions;
    private int promptTokens;

    /// Scans the answer `bytes[from, to)`.
    ///
    /// @return whether it is a JSON object; the other methods tell of it then, until the next scan
    public boolean scan(byte[] bytes, int from, int to) {
        error = false;
        vectors = 0;
        dimensions = ChunkScanner.NOT_TOLD;
        promptTokens = ChunkScanner.NOT_TOLD;
        json.begin(bytes, from, to);
        try {
            answer();
            json.finish();
            return true;
        } catch (MalformedJson _) {
            return false;
        }
    }

    /// Whether it is an error.
    public boolean isError() {
        return error;
    }

    /// How many vectors it has that are not empty.
    public int vectors() {
        return vectors;
    }

    /// How many numbers the first vector has, or [ChunkScanner#NOT_TOLD] when it is encoded.
    public int dimensions() {
        return dimensions;
    }

    /// `usage.prompt_tokens`, or [ChunkScanner#NOT_TOLD].
    public int promptTokens() {
        return promptTokens;
    }

    private void answer() throws MalformedJson {
        for (boolean more = json.enterObject(); more; more = json.nextMember()) {
            if (json.isMember(DATA) && json.peek() == '[') {
                data();
            } else if (json.isMember(USAGE) && json.peek() == '{') {
                usage();
            } else if (json.isMember(ERROR)) {
                error |= json.skipAndSeeValue();
            } else if (json.isMember(OBJECT)) {
                error |= json.skipAndSee(ERROR);
            } else {
                json.skip();
            }
        }
    }

    private void data() throws MalformedJson {
        for (boolean more = json.enterArray(); more; more = json.nextElement()) {
            if (json.peek() == '{') {
                vector();
            } else {
                json.skip();
            }
        }
    }

    private void vector() throws MalformedJson {
        for (boolean more = json.enterObject(); more; more = json.nextMember()) {
            if (json.isMember(EMBEDDING) && json.peek() == '[') {
                int numbers = 0;
                for (boolean another = json.enterArray(); another; another = json.nextElement()) {
                    json.skip();
                    numbers++;
                }
                count(numbers > 0, numbers);
            } else if (json.isMember(EMBEDDING)) {
                count(json.skipAndSeeText(), ChunkScanner.NOT_TOLD);
            } else {
                json.skip();
            }
        }
    }

    private void count(boolean filled, int numbers) {
        if (filled && vectors++ == 0) {
            dimensions = numbers;
        }
    }

    private void usage() throws MalformedJson {
        for (boolean more = json.enterObject(); more; more = json.nextMember()) {
            if (json.isMember(PROMPT_TOKENS)) {
                promptTokens = json.skipAndSeeCount(ChunkScanner.NOT_TOLD);
            } else {
                json.skip();
            }
        }
    }
}
