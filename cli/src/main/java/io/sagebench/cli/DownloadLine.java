package io.sagebench.cli;

import io.sagebench.inference.hub.DownloadListener;

/// Shows how a download goes: a line for each file that is large enough to wait for, and one for each tenth of it.
final class DownloadLine implements DownloadListener {
    private static final long LARGE_BYTES = 4 << 20;
    private static final int PARTS = 10;

    private final Terminal terminal;
    private String path = "";
    private long partsSaid;

    DownloadLine(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void came(String file, long bytes, long of) {
        if (of < LARGE_BYTES) {
            return;
        }
        if (!file.equals(path)) {
            path = file;
            partsSaid = -1;
        }
        long parts = bytes * PARTS / of;
        if (parts > partsSaid) {
            partsSaid = parts;
            terminal.say("Fetching " + file + ": " + parts * 100 / PARTS + " % of " + (of >> 20) + " MiB");
        }
    }
}
