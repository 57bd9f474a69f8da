package io.sagebench.live.files;

import java.util.ArrayList;
import java.util.List;

/// What is wrong with a file, line by line, while it is read. Only the first are kept in full: a file of the wrong kind has a mistake in every line.
final class Mistakes {
    private static final int MOST = 100;

    private final String file;
    private final List<String> messages = new ArrayList<>();
    private int further;

    Mistakes(String file) {
        this.file = file;
    }

    /// @param line from 1
    void at(int line, String message) {
        if (messages.size() < MOST) {
            messages.add(file + ", line " + line + ": " + message);
        } else {
            further++;
        }
    }

    /// About the file as a whole.
    void whole(String message) {
        messages.add(file + ": " + message);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    List<String> messages() {
        var all = new ArrayList<>(messages);
        if (further > 0) {
            all.add(file + ": has " + further + " more mistakes");
        }
        return all;
    }

    /// As a message shows what was found.
    static String quoted(String text) {
        return "'" + (text.length() <= 60 ? text : text.substring(0, 60) + "...") + "'";
    }
}
