package io.sagebench.benchmark;

import io.sagebench.report.ToolInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which build of the program this is.
public final class BuildInfo {
    /// What the program is called.
    public static final String PROGRAM = "sage-bench";

    private BuildInfo() {}

    /// Its name, version and revision.
    public static ToolInfo read() {
        var properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new ToolInfo(
                PROGRAM, properties.getProperty("version", "unknown"), properties.getProperty("commit", "unknown"));
    }
}
