package io.sagebench.benchmark.experiment;

import java.math.BigDecimal;

/// Numbers as names.
final class Numbers {
    private Numbers() {}

    /// Without needless digits: `50`, `0.25`.
    static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /// With at least one decimal, for shares: `0.0`, `0.25`, `1.0`.
    static String share(double share) {
        String plain = plain(share);
        return plain.contains(".") ? plain : plain + ".0";
    }
}
