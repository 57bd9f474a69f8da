package io.sagebench.live.server;

/// Answers the requests for one path and method, now or later. Called on the connection's event loop; never blocks.
@FunctionalInterface
interface Route {

    /// Takes the request, and sees to it that its response ends once.
    void handle(HttpCall call);
}
