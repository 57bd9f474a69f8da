package io.sagebench.live.server;

import io.netty.handler.codec.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Which path and method is answered by what. `HEAD` is answered wherever `GET` is. A segment of a path in braces, such as `{id}`, stands for any
/// value, which is `call.segment(n)`; a path without braces goes before one with. Filled before the server starts.
final class Routes {
    private final Map<String, Map<HttpMethod, Route>> byPath = new LinkedHashMap<>();
    private final Map<String, Pattern> patterns = new LinkedHashMap<>();

    /// Adds what answers `GET path`.
    Routes get(String path, Route route) {
        return add(HttpMethod.HEAD, path, route).add(HttpMethod.GET, path, route);
    }

    /// Adds what answers `POST path`.
    Routes post(String path, Route route) {
        return add(HttpMethod.POST, path, route);
    }

    /// Adds what answers `DELETE path`.
    Routes delete(String path, Route route) {
        return add(HttpMethod.DELETE, path, route);
    }

    /// All there is, as `GET /path`, but for `HEAD`.
    List<String> all() {
        return byPath.entrySet().stream()
                .flatMap(path -> path.getValue().keySet().stream()
                        .filter(method -> !method.equals(HttpMethod.HEAD))
                        .map(method -> method + " " + path.getKey()))
                .toList();
    }

    /// Answers a request: by its route, or with 404 or 405.
    void handle(HttpCall call) {
        Map<HttpMethod, Route> routes = routesFor(call.path());
        if (routes.isEmpty()) {
            String known = String.join(", ", byPath.keySet());
            call.response()
                    .reply(ApiError.of(404, "not_found", "there is nothing at " + call.path() + "; there is " + known)
                            .toReply());
            return;
        }
        Optional.ofNullable(routes.get(call.method()))
                .orElse(wrongMethod(routes))
                .handle(call);
    }

    private Map<HttpMethod, Route> routesFor(String path) {
        Map<HttpMethod, Route> exact = path.indexOf('{') < 0 ? byPath.get(path) : null;
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, Pattern> pattern : patterns.entrySet()) {
            if (pattern.getValue().matcher(path).matches()) {
                return byPath.getOrDefault(pattern.getKey(), Map.of());
            }
        }
        return Map.of();
    }

    private Routes add(HttpMethod method, String path, Route route) {
        if (path.contains("{")) {
            patterns.computeIfAbsent(path, _ -> Pattern.compile(path.replaceAll("\\{[a-z]+}", "[^/]+")));
        }
        byPath.computeIfAbsent(path, _ -> new TreeMap<>()).put(method, route);
        return this;
    }

    private static Route wrongMethod(Map<HttpMethod, Route> routes) {
        String allowed = String.join(
                ", ", routes.keySet().stream().map(HttpMethod::name).toList());
        return call -> call.response()
                .reply(ApiError.of(
                                405,
                                "method_not_allowed",
                                call.path() + " does not take " + call.method() + ", but " + allowed)
                        .toReply()
                        .with("Allow", allowed));
    }
}
