package io.sagebench.live.server;

import io.netty.handler.codec.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which path and method is answered by what. `HEAD` is answered wherever `GET` is. Filled before the server starts.
final class Routes {
    private final Map<String, Map<HttpMethod, Route>> byPath = new LinkedHashMap<>();

    /// Adds what answers `GET path`.
    Routes get(String path, Route route) {
        return add(HttpMethod.HEAD, path, route).add(HttpMethod.GET, path, route);
    }

    /// Adds what answers `POST path`.
    Routes post(String path, Route route) {
        return add(HttpMethod.POST, path, route);
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
        Map<HttpMethod, Route> routes = byPath.get(call.path());
        if (routes == null) {
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

    private Routes add(HttpMethod method, String path, Route route) {
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
