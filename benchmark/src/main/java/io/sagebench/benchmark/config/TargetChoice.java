package io.sagebench.benchmark.config;

import io.sagebench.benchmark.Target;
import io.sagebench.live.engine.UpstreamTrust;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// What is measured: the address and `simulate` are one choice, and the one given closer to the command wins.
public final class TargetChoice {
    private static final String AUTOMATIC = "auto";
    private static final String EMBEDDED = "embedded";

    private static final String CA_FILE = "SAGE_CA_FILE";

    private final Values values;

    TargetChoice(Values values) {
        this.values = values;
    }

    Target target() {
        Optional<String> address = values.text(Setting.CONTROL_PLANE_URL);
        boolean simulate = values.flag(Setting.SIMULATE, false);
        int addressRank = rank(Setting.CONTROL_PLANE_URL);
        int simulateRank = rank(Setting.SIMULATE);
        boolean isAutomatic = address.isEmpty() || address.get().equals(AUTOMATIC);
        if (simulate && !isAutomatic && simulateRank == addressRank) {
            values.sentence(
                    values.origin(Setting.SIMULATE).orElseThrow(),
                    "simulation needs no control plane, but " + address.get() + " is given too; leave one of them out");
        }
        if (simulate && simulateRank <= addressRank) {
            return new Target.Simulated();
        }
        if (isAutomatic) {
            return simulate ? new Target.Simulated() : new Target.Automatic(Defaults.CONTROL_PLANE);
        }
        if (address.get().equals(EMBEDDED)) {
            return new Target.Embedded();
        }
        URI url = problemWith(address.get())
                .map(problem -> {
                    values.problem(values.origin(Setting.CONTROL_PLANE_URL).orElseThrow(), problem);
                    return Defaults.CONTROL_PLANE;
                })
                .orElseGet(() -> URI.create(address.get()));
        return new Target.Http(url);
    }

    /// Whom to believe at the target's https URL, where it is said.
    Optional<SSLContext> trust(Target target) {
        Optional<String> file = values.text(Setting.CA_FILE);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Origin origin = values.origin(Setting.CA_FILE).orElseThrow();
        boolean isHttps = target instanceof Target.Http(URI url) && "https".equalsIgnoreCase(url.getScheme());
        if (!isHttps && origin instanceof Origin.Option) { // in the environment it is for whatever comes
            values.sentence(origin, "is for https URLs, and --control-plane names none");
        }
        try {
            return Optional.of(new UpstreamTrust.Authorities(Path.of(file.get())).context());
        } catch (IOException | InvalidPathException unusable) {
            if (isHttps || origin instanceof Origin.Option) {
                values.sentence(origin, "cannot be used: " + unusable.getMessage());
            }
            return Optional.empty();
        }
    }

    /// Whom to believe at the https URL of a server that a command names by itself: by its option, else by the environment.
    ///
    /// @param option   what `--ca-file` says
    /// @param problems gets what is wrong with it
    public static Optional<SSLContext> trust(@Nullable String option, Map<String, String> environment, boolean isHttps, List<Problem> problems) {
        String variable = environment.getOrDefault(CA_FILE, "");
        if (option == null && (variable.isBlank() || !isHttps)) {
            return Optional.empty();
        }
        String where = option == null ? CA_FILE : "--ca-file";
        if (!isHttps) {
            problems.add(new Problem(where, "is for https URLs, and --url names none"));
            return Optional.empty();
        }
        try {
            return Optional.of(new UpstreamTrust.Authorities(Path.of(option == null ? variable.strip() : option)).context());
        } catch (IOException | InvalidPathException unusable) {
            problems.add(new Problem(where, "cannot be used: " + unusable.getMessage()));
            return Optional.empty();
        }
    }

    private int rank(Setting setting) {
        return values.origin(setting).map(Origin::rank).orElse(Integer.MAX_VALUE);
    }

    /// What is wrong with the URL of a server, if anything.
    public static Optional<String> problemWith(String text) {
        String expected = "must be a URL such as " + Defaults.CONTROL_PLANE + ", but is '" + text + "'";
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException _) {
            return Optional.of(expected);
        }
        boolean isWeb = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!isWeb || url.getHost() == null || url.getPort() > 65_535) {
            return Optional.of(expected);
        }
        if (url.getRawUserInfo() != null) {
            return Optional.of("must not hold a user name or password, which reports would show; use --api-key or SAGE_API_KEY");
        }
        return url.getRawQuery() == null && url.getRawFragment() == null
                ? Optional.empty()
                : Optional.of("must be a URL without '?' and '#', but is '" + text + "'");
    }
}
