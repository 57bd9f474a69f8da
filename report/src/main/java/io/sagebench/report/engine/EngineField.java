package io.sagebench.report.engine;

import io.sagebench.request.Check;
import java.util.Optional;

/// A field of the engine metrics contract.
///
/// @param key     its stable name in files
/// @param unit    what its number counts
/// @param better  which way is better
/// @param aliasOf the field it is another name of, since files of two generations are read by others; absent for a field of its own
/// @param meaning one sentence
public record EngineField(String key, Unit unit, Better better, Optional<String> aliasOf, String meaning) {
    public EngineField {
        Check.notBlank(key, "key");
    }

    /// What a number counts.
    public enum Unit {
        /// Milliseconds.
        MILLISECONDS("ms", false),
        /// Seconds.
        SECONDS("s", false),
        /// Seconds since 1970.
        EPOCH_SECONDS("s since 1970", false),
        /// Tokens a second.
        TOKENS_PER_SECOND("tokens/s", false),
        /// Requests a second.
        REQUESTS_PER_SECOND("requests/s", false),
        /// A share from 0 to 1.
        SHARE("0 to 1", false),
        /// Millions of bytes (2^20).
        MEGABYTES("MB", false),
        /// The same in whole ones.
        WHOLE_MEGABYTES("MB", true),
        /// Bytes.
        BYTES("bytes", true),
        /// Tokens.
        TOKENS("tokens", true),
        /// So many.
        COUNT("count", true);

        private final String text;
        private final boolean whole;

        Unit(String text, boolean whole) {
            this.text = text;
            this.whole = whole;
        }

        /// For people.
        public String text() {
            return text;
        }

        /// Whether it is written without a fraction.
        boolean isWhole() {
            return whole;
        }
    }

    /// Which way is better.
    public enum Better {
        /// Less is.
        LOWER,
        /// More is.
        HIGHER,
        /// It only describes.
        NEITHER
    }
}
