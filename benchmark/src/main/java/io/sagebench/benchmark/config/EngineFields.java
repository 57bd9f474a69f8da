package io.sagebench.benchmark.config;

import io.sagebench.benchmark.DefaultFleet;
import io.sagebench.benchmark.EngineSpec;
import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.EngineTraits;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.live.engine.DeclaredServer;
import io.sagebench.live.engine.EngineWatch;
import io.sagebench.live.engine.HttpEngineSettings;
import io.sagebench.live.engine.UpstreamTimeouts;
import io.sagebench.live.engine.UpstreamTrust;
import io.sagebench.live.engine.metrics.ServerKind;
import io.sagebench.live.net.BearerToken;
import io.sagebench.request.RequestType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/// Reads one engine of a cluster file, or of a registration, which has the same keys.
final class EngineFields {
    static final List<String> KEYS = List.of(
            "id", "url", "kind", "models", "types", "api_key_env", "headers", "max_concurrent", "context_tokens", "kv_tokens",
            "profile", "usd_per_hour", "max_texts_per_call", "health_path", "tls", "simulated", "count");
    static final List<String> TLS = List.of("ca_file", "insecure");

    private static final List<String> SIMULATED_KEYS = List.of("id", "simulated", "count", "usd_per_hour");
    private static final int MOST_COUNT = 10_000;
    private static final Set<String> OUR_HEADERS = Set.of(
            "authorization", "host", "content-length", "content-type", "transfer-encoding", "connection", "accept", "x-request-id");

    private final FieldGroup fields;
    private final Secrets secrets;
    private final UpstreamTimeouts timeouts;
    private final EngineWatch watch;

    /// @param timeouts what holds for all engines
    /// @param watch    what holds for all engines
    EngineFields(FieldGroup fields, Secrets secrets, UpstreamTimeouts timeouts, EngineWatch watch) {
        this.fields = fields;
        this.secrets = secrets;
        this.timeouts = timeouts;
        this.watch = watch;
    }

    /// The engine; absent when something essential is wrong. All that is wrong has been told.
    Optional<EngineSpec> read() {
        fields.require("id", "it names the engine in answers, metrics and logs");
        Optional<String> id = fields.text("id", "a name").filter(this::isName);
        if (fields.has("simulated")) {
            return simulated(id);
        }
        fields.require("url", "an engine is at a url, or simulated");
        if (fields.has("count")) {
            fields.wrong("count", "is only for simulated engines");
        }
        Optional<URI> url = fields.text("url", "a URL").flatMap(this::url);
        HttpEngineSettings settings = settings();
        UpstreamTrust trust = trust();
        return id.isPresent() && url.isPresent()
                ? Optional.of(new EngineSpec.AtUrl(id.get(), url.get(), settings, trust))
                : Optional.empty();
    }

    private boolean isName(String id) {
        boolean isName = id.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
        if (!isName) {
            fields.wrong("id", "must be of letters, digits, '.', '_', ':' and '-', at most 128, and begin with a letter or digit, but is '" + id + "'");
        }
        return isName;
    }

    private Optional<EngineSpec> simulated(Optional<String> id) {
        for (String key : KEYS) {
            if (!SIMULATED_KEYS.contains(key) && fields.has(key)) {
                fields.wrong(key, "is only for engines at a url, and this one is simulated");
            }
        }
        int count = fields.whole("count", 1, MOST_COUNT).orElse(1);
        Optional<String> profile = fields.text("simulated", "the name of an engine profile, or a file").filter(name -> DefaultFleet.isOfAnotherKind(name) || isProfile("simulated", name));
        OptionalDouble price = fields.notNegative("usd_per_hour");
        return id.isPresent() && profile.isPresent()
                ? Optional.of(new EngineSpec.Simulated(id.get(), count, profile.get(), price))
                : Optional.empty();
    }

    private boolean isProfile(String key, String name) {
        String problems = ProfileSource.problemsWith(name);
        if (!problems.isEmpty()) {
            fields.sentence(key, problems);
        }
        return problems.isEmpty();
    }

    private Optional<URI> url(String text) {
        Optional<String> wrong = TargetChoice.problemWith(text);
        wrong.ifPresent(message -> fields.wrong("url", message));
        return wrong.isPresent() ? Optional.empty() : Optional.of(URI.create(text));
    }

    private HttpEngineSettings settings() {
        int most = fields.whole("max_concurrent", 1).orElse(HttpEngineSettings.DEFAULT.maxConcurrent());
        Optional<BearerToken> key = secrets.token(fields, "api_key_env");
        EngineWatch own = fields.text("health_path", "a path")
                .flatMap(path -> path.startsWith("/") ? Optional.of(path) : this.<String>refused("health_path", "must begin with /, but is '" + path + "'"))
                .map(path -> new EngineWatch(path, watch.metricsInterval()))
                .orElse(watch);
        return new HttpEngineSettings(key, headers(), most, timeouts, declared(), own);
    }

    private <T> Optional<T> refused(String key, String message) {
        fields.wrong(key, message);
        return Optional.empty();
    }

    private Map<String, String> headers() {
        Map<String, String> headers = fields.texts("headers", "names and values of headers");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String name = header.getKey();
            if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || !header.getValue().matches("[\\x20-\\x7E]*")) {
                fields.wrong("headers", "has '" + name + "', which is no header of visible ASCII characters");
            } else if (OUR_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                fields.wrong("headers", "must not have " + name + ", which is set by itself"
                        + (name.equalsIgnoreCase("authorization") ? "; use api_key_env" : ""));
            }
        }
        return headers;
    }

    private DeclaredServer declared() {
        Optional<ServerKind> kind = fields.text("kind", "a kind of server").flatMap(this::kind);
        EngineTraits traits = EngineTraits.UNKNOWN;
        OptionalDouble price = fields.notNegative("usd_per_hour");
        if (price.isPresent()) {
            traits = traits.withUsdPerHour(price.getAsDouble());
        }
        OptionalInt texts = fields.whole("max_texts_per_call", 1);
        if (texts.isPresent()) {
            traits = traits.withMaxTextsPerCall(texts.getAsInt());
        }
        return new DeclaredServer(
                kind,
                models(),
                types(),
                fields.whole("context_tokens", 1),
                fields.wholeLong("kv_tokens", 1),
                firstSpeed(),
                traits);
    }

    private EngineSpeed firstSpeed() {
        return fields.text("profile", "the name of an engine profile, or a file")
                .filter(name -> isProfile("profile", name))
                .flatMap(ProfileSource::find)
                .map(EngineProfile::expectedSpeed)
                .orElse(EngineSpeed.UNKNOWN_SERVER);
    }

    private Optional<ServerKind> kind(String text) {
        List<String> names = Arrays.stream(ServerKind.values()).map(ServerKind::wireName).toList();
        return ServerKind.named(text).or(() -> refused(
                "kind", "must be one of " + String.join(", ", names) + ", but is '" + text + "'" + DidYouMean.hint(names, text)));
    }

    /// A map of the clients' names to the server's, or a list of names that are the same for both.
    private Map<String, String> models() {
        if (fields.isGroup("models")) {
            return fields.texts("models", "names of models");
        }
        var models = new LinkedHashMap<String, String>();
        for (String name : fields.words("models", "a list of names, or names with the names the server knows, such as {chat: llama3-8b}")) {
            if (models.put(name, name) != null) {
                fields.wrong("models", "names '" + name + "' twice");
            }
        }
        return models;
    }

    private Set<RequestType> types() {
        var types = EnumSet.noneOf(RequestType.class);
        List<String> names = Arrays.stream(RequestType.values()).map(RequestType::wireName).toList();
        for (String name : fields.words("types", "a list of types of requests")) {
            RequestType.named(name).ifPresentOrElse(
                    types::add,
                    () -> fields.wrong("types", "must be of " + String.join(", ", names) + ", but has '" + name + "'"
                            + DidYouMean.hint(names, name)));
        }
        return types;
    }

    private UpstreamTrust trust() {
        Optional<FieldGroup> tls = fields.group("tls", TLS);
        if (tls.isEmpty()) {
            return new UpstreamTrust.ThisMachine();
        }
        boolean insecure = tls.get().flag("insecure").orElse(false);
        Optional<String> file = tls.get().text("ca_file", "a PEM file of certificates");
        if (insecure && file.isPresent()) {
            tls.get().wrong("insecure", "believes anybody, so that ca_file would have no effect; leave one of them out");
        }
        if (insecure) {
            return new UpstreamTrust.Anybody();
        }
        return file.<UpstreamTrust>flatMap(path -> authorities(tls.get(), path)).orElse(new UpstreamTrust.ThisMachine());
    }

    private static Optional<UpstreamTrust> authorities(FieldGroup tls, String file) {
        try {
            var trust = new UpstreamTrust.Authorities(Path.of(file));
            trust.context();
            return Optional.of(trust);
        } catch (IOException | InvalidPathException unusable) {
            tls.wrong("ca_file", "cannot be used: " + unusable.getMessage());
            return Optional.empty();
        }
    }
}
