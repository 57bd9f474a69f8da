package io.sagebench.live.wire;

import static io.sagebench.live.wire.JsonCursor.name;

import io.sagebench.live.wire.JsonCursor.MalformedJson;

/// Finds what a benchmark wants to know of one JSON chunk of a chat or text completion, or of a whole answer, at its right path only:
/// content of `choices[0].delta` (`.message`, or `.text`), its finish reason, `usage`, a top-level error. Makes no String and no tree.
public final class ChunkScanner {
    /// Stands for a count that the server did not tell: a plain number, because it is asked for at each event.
    public static final int NOT_TOLD = -1;

    private static final byte[] CHOICES = name("choices");
    private static final byte[] DELTA = name("delta");
    private static final byte[] MESSAGE = name("message");
    private static final byte[] TEXT = name("text");
    private static final byte[] CONTENT = name("content");
    private static final byte[] REASONING_CONTENT = name("reasoning_content");
    private static final byte[] REASONING = name("reasoning");
    private static final byte[] TOOL_CALLS = name("tool_calls");
    private static final byte[] FINISH_REASON = name("finish_reason");
    private static final byte[] USAGE = name("usage");
    private static final byte[] PROMPT_TOKENS = name("prompt_tokens");
    private static final byte[] COMPLETION_TOKENS = name("completion_tokens");
    private static final byte[] PROMPT_TOKENS_DETAILS = name("prompt_tokens_details");
    private static final byte[] CACHED_TOKENS = name("cached_tokens");
    private static final byte[] ERROR = name("error");
    private static final byte[] OBJECT = name("object");

    private final JsonCursor json = new JsonCursor();
    private boolean choice;
    private boolean content;
    private boolean finished;
    private boolean error;
    private boolean usage;
    private int promptTokens;
    private int completionTokens;
    private int cachedTokens;

    /// Scans the chunk `bytes[from, to)`.
    ///
    /// @return whether it is a JSON object; the other methods tell of it then, until the next scan
    public boolean scan(byte[] bytes, int from, int to) {
        choice = false;
        content = false;
        finished = false;
        error = false;
        usage = false;
        promptTokens = NOT_TOLD;
        completionTokens = NOT_TOLD;
        cachedTokens = NOT_TOLD;
        json.begin(bytes, from, to);
        try {
            chunk();
            json.finish();
            return true;
        } catch (MalformedJson _) {
            return false;
        }
    }

    /// Whether it has a choice at all.
    public boolean hasChoice() {
        return choice;
    }

    /// Whether it brings content, reasoning or tool calls that are not empty.
    public boolean hasContent() {
        return content;
    }

    /// Whether it has a finish reason.
    public boolean hasFinishReason() {
        return finished;
    }

    /// Whether it is an error.
    public boolean isError() {
        return error;
    }

    /// Whether it has a usage object.
    public boolean hasUsage() {
        return usage;
    }

    /// `usage.prompt_tokens`, or [#NOT_TOLD].
    public int promptTokens() {
        return promptTokens;
    }

    /// `usage.completion_tokens`, or [#NOT_TOLD].
    public int completionTokens() {
        return completionTokens;
    }

    /// `usage.prompt_tokens_details.cached_tokens`, or [#NOT_TOLD].
    public int cachedTokens() {
        return cachedTokens;
    }

    private void chunk() throws MalformedJson {
        for (boolean more = json.enterObject(); more; more = json.nextMember()) {
            if (json.isMember(CHOICES)) {
                choices();
            } else if (json.isMember(USAGE)) {
                usage();
            } else if (json.isMember(ERROR)) {
                error |= json.skipAndSeeValue();
            } else if (json.isMember(OBJECT)) {
                error |= json.skipAndSee(ERROR); // {"object":"error","message":...}: vLLM before 0.10
            } else {
                json.skip();
            }
        }
    }

    private void choices() throws MalformedJson {
        if (json.peek() != '[') {
            json.skip();
            return;
        }
        boolean first = true;
        for (boolean more = json.enterArray(); more; more = json.nextElement()) {
            if (first && json.peek() == '{') {
                choice();
            } else {
                json.skip();
            }
            first = false;
        }
    }

    private void choice() throws MalformedJson {
        choice = true;
        for (boolean more = json.enterObject(); more; more = json.nextMember()) {
            if (json.isMember(DELTA) || json.isMember(MESSAGE)) {
                delta();
            } else if (json.isMember(TEXT)) {
                content |= json.skipAndSeeText();
            } else if (json.isMember(FINISH_REASON)) {
                finished |= json.skipAndSeeValue();
            } else {
                json.skip();
            }
        }
    }

    private void delta() throws MalformedJson {
        if (json.peek() != '{') {
            json.skip();
            return;
        }
        for (boolean more = json.enterObject(); more; more = json.nextMember()) {
            if (json.isMember(CONTENT) || json.isMember(REASONING_CONTENT) || json.isMember(REASONING)) {
                content |= json.skipAndSeeText();
            } else if (json.isMember(TOOL_CALLS)) {
                toolCalls();
            } else {
                json.skip();
            }
        }
    }

    private void toolCalls() throws MalformedJson {
        if (json.peek() != '[') {
            json.skip();
            return;
        }
        for (boolean more = json.enterArray(); more; more = json.nextElement()) {
            content = true;
            json.skip();
        }
    }

    private void usage() throws MalformedJson {
        if (json.peek() != '{') {
            json.skip();
            return;
        }
        usage = true;
        for (boolean more = json.enterObject(); more; more = json.nextMember()) {
            if (json.isMember(PROMPT_TOKENS)) {
                promptTokens = json.skipAndSeeCount(NOT_TOLD);
            } else if (json.isMember(COMPLETION_TOKENS)) {
                completionTokens = json.skipAndSeeCount(NOT_TOLD);
            } else if (json.isMember(PROMPT_TOKENS_DETAILS)) {
                promptDetails();
            } else {
                json.skip();
            }
        }
    }

    private void promptDetails() throws MalformedJson {
        if (json.peek() != '{') {
            json.skip();
            return;
        }
        for (boolean more = json.enterObject(); more; more = json.nextMember()) {
            if (json.isMember(CACHED_TOKENS)) {
                cachedTokens = json.skipAndSeeCount(NOT_TOLD);
            } else {
                json.skip();
            }
        }
    }
}
