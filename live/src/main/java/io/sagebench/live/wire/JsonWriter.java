package io.sagebench.live.wire;

/// Writes JSON strings as UTF-8 bytes, for request bodies that are put together by hand.
public final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private JsonWriter() {}

    /// Appends `text` with its quotation marks. A lone surrogate becomes an escape.
    public static void string(GrowingBytes target, String text) {
        target.append((byte) '"');
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                ascii(target, unit);
            } else if (unit < 0x800) {
                target.append((byte) (0xC0 | (unit >> 6)));
                continuation(target, unit);
            } else if (!Character.isSurrogate(unit)) {
                target.append((byte) (0xE0 | (unit >> 12)));
                continuation(target, unit >> 6);
                continuation(target, unit);
            } else if (Character.isHighSurrogate(unit)
                    && i + 1 < length
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(unit, text.charAt(++i));
                target.append((byte) (0xF0 | (point >> 18)));
                continuation(target, point >> 12);
                continuation(target, point >> 6);
                continuation(target, point);
            } else {
                escaped(target, unit);
            }
        }
        target.append((byte) '"');
    }

    private static void ascii(GrowingBytes target, char unit) {
        if (unit == '"' || unit == '\\') {
            target.append((byte) '\\');
            target.append((byte) unit);
        } else if (unit < ' ') {
            escaped(target, unit);
        } else {
            target.append((byte) unit);
        }
    }

    private static void continuation(GrowingBytes target, int bits) {
        target.append((byte) (0x80 | (bits & 0x3F)));
    }

    private static void escaped(GrowingBytes target, char unit) {
        target.append((byte) '\\');
        target.append((byte) 'u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            target.append((byte) HEX.charAt((unit >> shift) & 0xF));
        }
    }
}
