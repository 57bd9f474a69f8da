package io.sagebench.live.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// Walks once over a JSON text in a byte array, strictly by RFC 8259 and without making objects: enter what is wanted, skip the rest.
///
/// The caller loops `for (boolean more = enterObject(); more; more = nextMember())` and takes or skips the value of each member.
final class JsonCursor {
    private static final int DEEPEST = 200;

    /// The text is not JSON. Carries no stack: it is thrown for what a server sends, and caught by the scanner next door.
    @SuppressWarnings("serial")
    static final class MalformedJson extends Exception {
        private MalformedJson() {
            super("malformed JSON", null, false, false);
        }
    }

    private byte[] bytes = {};
    private int at;
    private int end;
    private int nameFrom;
    private int nameTo;

    /// A member's name as it must stand in the text.
    static byte[] name(String name) {
        return name.getBytes(US_ASCII);
    }

    void begin(byte[] text, int from, int to) {
        bytes = text;
        at = from;
        end = to;
    }

    /// Ends the walk: only blanks may be left.
    void finish() throws MalformedJson {
        skipBlanks();
        if (at < end) {
            throw new MalformedJson();
        }
    }

    /// The first byte of the value that comes next.
    byte peek() throws MalformedJson {
        skipBlanks();
        if (at == end) {
            throw new MalformedJson();
        }
        return bytes[at];
    }

    /// Enters an object and reads the name of its first member. Returns whether it has one.
    boolean enterObject() throws MalformedJson {
        expect((byte) '{');
        if (peek() == '}') {
            at++;
            return false;
        }
        memberName();
        return true;
    }

    /// After a member's value: reads the name of the next, or leaves the object. Returns whether there is one.
    boolean nextMember() throws MalformedJson {
        byte next = peek();
        at++;
        if (next == '}') {
            return false;
        }
        if (next != ',') {
            throw new MalformedJson();
        }
        memberName();
        return true;
    }

    /// Whether the member read last has this name, spelled without escapes.
    boolean isMember(byte[] name) {
        int length = nameTo - nameFrom;
        if (length != name.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[nameFrom + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    /// Enters an array. Returns whether it has an element, which comes next.
    boolean enterArray() throws MalformedJson {
        expect((byte) '[');
        if (peek() == ']') {
            at++;
            return false;
        }
        return true;
    }

    /// After an element: returns whether another comes next; leaves the array if not.
    boolean nextElement() throws MalformedJson {
        byte next = peek();
        at++;
        if (next != ',' && next != ']') {
            throw new MalformedJson();
        }
        return next == ',';
    }

    /// Skips the value that comes next. Returns whether it was a string of at least one character.
    boolean skipAndSeeText() throws MalformedJson {
        if (peek() != '"') {
            skip();
            return false;
        }
        int from = at;
        skipString();
        return at - from > 2;
    }

    /// Skips the value that comes next. Returns whether it was anything but null.
    boolean skipAndSeeValue() throws MalformedJson {
        boolean isNull = peek() == 'n';
        skip();
        return !isNull;
    }

    /// Skips the value that comes next. Returns whether it was this string, spelled without escapes.
    boolean skipAndSee(byte[] text) throws MalformedJson {
        if (peek() != '"') {
            skip();
            return false;
        }
        nameFrom = at + 1;
        skipString();
        nameTo = at - 1;
        return isMember(text);
    }

    /// Skips the value that comes next. Returns it when it is a whole number from 0 to 2147483647, else `otherwise`.
    int skipAndSeeCount(int otherwise) throws MalformedJson {
        peek();
        int from = at;
        skip();
        if (at - from > 10) {
            return otherwise;
        }
        long value = 0;
        for (int i = from; i < at; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return otherwise;
            }
            value = value * 10 + digit;
        }
        return value <= Integer.MAX_VALUE ? (int) value : otherwise;
    }

    /// Skips the value that comes next.
    void skip() throws MalformedJson {
        skip(0);
    }

    private void skip(int depth) throws MalformedJson {
        if (depth > DEEPEST) {
            throw new MalformedJson();
        }
        switch (peek()) {
            case '"' -> skipString();
            case '{' -> {
                for (boolean more = enterObject(); more; more = nextMember()) {
                    skip(depth + 1);
                }
            }
            case '[' -> {
                for (boolean more = enterArray(); more; more = nextElement()) {
                    skip(depth + 1);
                }
            }
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void memberName() throws MalformedJson {
        if (peek() != '"') {
            throw new MalformedJson();
        }
        nameFrom = at + 1;
        skipString();
        nameTo = at - 1;
        expect((byte) ':');
    }

    private void skipString() throws MalformedJson {
        byte[] text = bytes;
        int index = at + 1;
        while (index < end) {
            byte next = text[index++];
            if (next == '"') {
                at = index;
                return;
            }
            if (next == '\\') {
                index = escape(index);
            } else if (next >= 0 && next < ' ') { // bytes below 0 belong to characters beyond ASCII
                throw new MalformedJson();
            }
        }
        throw new MalformedJson();
    }

    private int escape(int index) throws MalformedJson {
        if (index == end) {
            throw new MalformedJson();
        }
        switch (bytes[index]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return index + 1;
            }
            case 'u' -> {
                int after = index + 5;
                for (int i = index + 1; i < after; i++) {
                    if (i >= end || Character.digit(bytes[i], 16) < 0) {
                        throw new MalformedJson();
                    }
                }
                return after;
            }
            default -> throw new MalformedJson();
        }
    }

    private void word(String word) throws MalformedJson {
        for (int i = 0; i < word.length(); i++) {
            if (at == end || bytes[at++] != word.charAt(i)) {
                throw new MalformedJson();
            }
        }
    }

    private void number() throws MalformedJson {
        if (bytes[at] == '-') {
            at++;
        }
        if (at < end && bytes[at] == '0') {
            at++;
        } else {
            digits();
        }
        if (at < end && bytes[at] == '.') {
            at++;
            digits();
        }
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            digits();
        }
    }

    private void digits() throws MalformedJson {
        int from = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw new MalformedJson();
        }
    }

    private void expect(byte wanted) throws MalformedJson {
        if (peek() != wanted) {
            throw new MalformedJson();
        }
        at++;
    }

    private void skipBlanks() {
        while (at < end) {
            byte next = bytes[at];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return;
            }
            at++;
        }
    }
}
