package io.sagebench.live.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// The files of the page. They hold no figures and no secrets: all they show, they ask for.
public final class DashboardPage {
    private DashboardPage() {}

    /// What a browser asks for first, in UTF-8.
    public static byte[] html() {
        return file("dashboard.html");
    }

    /// Its script, in UTF-8.
    public static byte[] script() {
        return file("dashboard.js");
    }

    /// Its looks, in UTF-8.
    public static byte[] style() {
        return file("dashboard.css");
    }

    private static byte[] file(String name) {
        try (InputStream in = Objects.requireNonNull(DashboardPage.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
