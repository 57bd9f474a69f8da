package io.sagebench.benchmark.doctor;

import io.sagebench.request.Check;
import java.util.Locale;

/// What one check found.
///
/// @param level how good that is
/// @param what  was checked, in a word or two
/// @param found in a few words
/// @param todo  what a person can do about it; empty when nothing need be done
public record Finding(Level level, String what, String found, String todo) {
    public Finding {
        Check.notBlank(what, "what");
        Check.notBlank(found, "found");
    }

    /// How good it is.
    public enum Level {
        /// As it should be.
        OK,
        /// Works, but less well, or in part.
        WARN,
        /// Does not work.
        FAIL;

        /// The name in files and tables.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String what, String found) {
        return new Finding(Level.OK, what, found, "");
    }

    static Finding warn(String what, String found, String todo) {
        return new Finding(Level.WARN, what, found, todo);
    }

    static Finding fail(String what, String found, String todo) {
        return new Finding(Level.FAIL, what, found, todo);
    }
}
