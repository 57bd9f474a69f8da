package io.sagebench.inference;

import java.util.Map;
import java.util.function.IntPredicate;

/// A chat template as written for Python's Jinja, made ready for an engine that differs in two ways: it does not strip whitespace at `{{-` and `-}}`, and
/// strings have Java's methods.
///
/// Strips as Hugging Face's libraries have Jinja do it: at the signs, the first newline after a block (`trim_blocks`), and blanks before a block at the
/// start of a line (`lstrip_blocks`).
final class TemplateText {
    private static final Map<String, String> METHODS = Map.of(
            ".startswith(", ".startsWith(",
            ".endswith(", ".endsWith(",
            ".lstrip()", ".stripLeading()",
            ".rstrip()", ".stripTrailing()",
            ".upper()", ".toUpperCase()",
            ".lower()", ".toLowerCase()");

    private final String template;
    private final StringBuilder ready = new StringBuilder();

    private TemplateText(String template) {
        this.template = template;
    }

    static String ready(String template) {
        return new TemplateText(template).ready();
    }

    private String ready() {
        int at = 0;
        while (true) {
            int open = nextOpening(at);
            if (open < 0) {
                return ready.append(template, at, template.length()).toString();
            }
            ready.append(template, at, open);
            at = tag(open);
        }
    }

    /// Takes one `{{ }}`, `{% %}` or `{# #}`.
    ///
    /// @return where the text after it begins
    private int tag(int open) {
        char kind = template.charAt(open + 1);
        String closing = kind == '{' ? "}}" : kind + "}";
        int close = closing(open + 2, closing, kind);
        if (close < 0) { // the engine says what is wrong
            ready.append(template, open, template.length());
            return template.length();
        }
        String inside = template.substring(open + 2, close);
        boolean stripsLeft = inside.startsWith("-");
        boolean stripsRight = inside.length() > 1 && inside.endsWith("-");
        boolean keepsLeft = inside.startsWith("+");
        String content = inside.substring(stripsLeft || keepsLeft ? 1 : 0, inside.length() - (stripsRight ? 1 : 0));
        if (stripsLeft) {
            stripEnd(Character::isWhitespace);
        } else if (kind != '{' && !keepsLeft && startsLine(open)) {
            stripEnd(character -> character == ' ' || character == '\t');
        }
        if (kind != '#') {
            ready.append('{').append(kind).append(withJavasMethods(content)).append(closing);
        }
        return after(close + closing.length(), stripsRight, kind);
    }

    private int after(int end, boolean strips, char kind) {
        int at = end;
        if (strips) {
            while (at < template.length() && Character.isWhitespace(template.charAt(at))) {
                at++;
            }
        } else if (kind != '{' && at < template.length() && template.charAt(at) == '\n') {
            at++;
        }
        return at;
    }

    private int nextOpening(int from) {
        for (int at = from; at + 1 < template.length(); at++) {
            char next = template.charAt(at + 1);
            if (template.charAt(at) == '{' && (next == '{' || next == '%' || next == '#')) {
                return at;
            }
        }
        return -1;
    }

    /// Strings may hold what looks like an end.
    private int closing(int from, String closing, char kind) {
        char quote = 0;
        for (int at = from; at < template.length(); at++) {
            char character = template.charAt(at);
            if (quote != 0) {
                if (character == '\\') {
                    at++;
                } else if (character == quote) {
                    quote = 0;
                }
            } else if (template.startsWith(closing, at)) {
                return at;
            } else if (kind != '#' && (character == '\'' || character == '"')) {
                quote = character;
            }
        }
        return -1;
    }

    private boolean startsLine(int open) {
        int at = open;
        while (at > 0 && (template.charAt(at - 1) == ' ' || template.charAt(at - 1) == '\t')) {
            at--;
        }
        return at == 0 || template.charAt(at - 1) == '\n';
    }

    private void stripEnd(IntPredicate what) {
        int at = ready.length();
        while (at > 0 && what.test(ready.charAt(at - 1))) {
            at--;
        }
        ready.setLength(at);
    }

    private static String withJavasMethods(String content) {
        String with = content;
        for (Map.Entry<String, String> method : METHODS.entrySet()) {
            with = with.replace(method.getKey(), method.getValue());
        }
        return with;
    }
}
