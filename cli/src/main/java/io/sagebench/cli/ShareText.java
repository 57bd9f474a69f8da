package io.sagebench.cli;

import java.util.OptionalDouble;

/// A share as people write it: `5%` or `0.05`.
final class ShareText {
    private ShareText() {}

    /// The share, of whatever sign and size; absent when it is no number.
    static OptionalDouble parse(String text) {
        boolean isPercent = text.endsWith("%");
        try {
            double number = Double.parseDouble(isPercent ? text.substring(0, text.length() - 1) : text);
            return OptionalDouble.of(isPercent ? number / 100 : number);
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }
}
