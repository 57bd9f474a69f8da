package io.sagebench.report.sweep;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// What the files of a sweep or an experiment are called. In a directory a name that is taken gets a number: nothing is overwritten, and the same
/// command works again.
public final class SweepNames {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String JSON = ".json";

    private SweepNames() {}

    /// Whether a place names a file rather than a directory.
    public static boolean isFile(Path place) {
        return !Files.isDirectory(place) && lastOf(place).toLowerCase(Locale.ROOT).endsWith(JSON);
    }

    /// Where the files go.
    public static Path directoryOf(Path place) {
        if (!isFile(place)) {
            return place;
        }
        Path parent = place.toAbsolutePath().getParent();
        return parent == null ? place.toAbsolutePath() : parent;
    }

    /// The place itself when it names a file; else `NAME.json` in it, or `NAME_2.json` and so on when that is taken.
    public static Path main(Path place, String name, boolean replace) {
        return isFile(place) ? place : free(place, name, replace);
    }

    /// `NAME.json` beside the main file, which begins with the main file's name when a user chose that.
    public static Path beside(Path place, String name, boolean replace) {
        if (!isFile(place)) {
            return free(place, name, replace);
        }
        String last = lastOf(place);
        return place.resolveSibling(last.substring(0, last.length() - JSON.length()) + "_" + name + JSON);
    }

    private static Path free(Path directory, String name, boolean replace) {
        Path path = directory.resolve(name + JSON);
        for (int next = 2; !replace && Files.exists(path); next++) {
            path = directory.resolve(name + "_" + next + JSON);
        }
        return path;
    }

    /// The moment a run began, in names.
    public static String stamp(Instant at) {
        return STAMP.format(at);
    }

    /// A name that any file system takes and that cannot leave the directory: bytes that are not letters, digits, `_`, `-` or an inner `.` are written as
    /// `%XX`.
    public static String escaped(String name) {
        var escaped = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-' || (c == '.' && !escaped.isEmpty()));
            escaped.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return escaped.toString();
    }

    private static String lastOf(Path place) {
        return String.valueOf(place.getFileName());
    }
}
