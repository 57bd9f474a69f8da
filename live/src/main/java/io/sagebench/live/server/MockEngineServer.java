package io.sagebench.live.server;

import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.server.metrics.EngineFacts;
import io.sagebench.live.server.metrics.MetricsPage;
import io.sagebench.live.server.metrics.SleepState;
import java.net.BindException;
import java.util.List;
import java.util.Map;

/// One engine behind an OpenAI-compatible HTTP port, shaped like a vLLM server. Listens once it is made. Safe for use by any thread. When its
/// timeline ends first, new requests are refused with 503.
public final class MockEngineServer implements AutoCloseable {
    /// The vLLM whose port this is like, marked as not being it.
    static final String VERSION = "0.19.0+sagebench";

    private final HttpListener listener;

    /// @param timeline   where `engine` lives; the caller starts and closes it, after this server
    /// @param engine     answers every request at once; whether some wait is its affair
    /// @param adjustable what `/admin/config` shows and changes
    /// @param options    how the port behaves beyond what the engine decides
    /// @param settings   how to listen
    /// @throws BindException when the address cannot be listened on; the message says what to do
    public MockEngineServer(
            LiveTimeline timeline,
            MonitoredEngine engine,
            Adjustable adjustable,
            MockEngineOptions options,
            ServerSettings settings)
            throws BindException {
        var routes = routes(new MockEngine(timeline, engine, options.maxWaiting()), adjustable, options, settings);
        listener = new HttpListener("mock-engine", settings, routes);
    }

    /// The port it listens on.
    public int port() {
        return listener.port();
    }

    /// Refuses new work, lets running answers go on up to the drain limit, then closes all connections. Blocks; not for the timeline.
    @Override
    public void close() {
        listener.close();
    }

    /// All that it answers.
    static Routes routes(MockEngine mock, Adjustable adjustable, MockEngineOptions options, ServerSettings settings) {
        var routes = new Routes();
        addWork(routes, mock, options);
        addState(routes, mock, options);
        var guard = new AdminGuard(settings.adminToken(), settings.host());
        var config = new ConfigEndpoints(adjustable);
        return routes.get("/admin/config", guard.guarding(TimelineRoute.replying(mock.timeline(), _ -> config.show())))
                .post("/admin/config", guard.guarding(TimelineRoute.replying(mock.timeline(), config::change)));
    }

    private static void addWork(Routes routes, MockEngine mock, MockEngineOptions options) {
        var lengths = new AnswerLengths(options, mock.description());
        var generations = new Generations(options, lengths);
        var embeddings = new Embeddings(options, lengths);
        routes.post("/v1/chat/completions", new InferenceRoute(mock, generations::chat))
                .post("/v1/completions", new InferenceRoute(mock, generations::completion))
                .post("/v1/embeddings", new InferenceRoute(mock, embeddings::read))
                .post("/tokenize", new TokenizeRoute(mock.description()));
    }

    private static void addState(Routes routes, MockEngine mock, MockEngineOptions options) {
        LiveTimeline timeline = mock.timeline();
        Reply version = Reply.ok(Map.of("version", VERSION));
        Reply models = ModelList.of(List.of(mock.description()));
        var readiness = new Readiness(timeline, mock.engine(), options.startup());
        var sleep = new SleepEndpoints(mock.engine());
        Route alive = TimelineRoute.replying(timeline, _ -> readiness.live());
        routes.get("/health", alive)
                .get("/ping", alive)
                .post("/ping", alive)
                .get("/health/ready", TimelineRoute.replying(timeline, _ -> readiness.tell()))
                .get("/version", call -> call.response().reply(version))
                .get("/v1/models", call -> call.response().reply(models))
                .get("/metrics", metrics(mock, sleep));
        if (options.sleepMode()) {
            routes.post("/sleep", call -> fallAsleep(timeline, sleep, call))
                    .post("/wake_up", TimelineRoute.replying(timeline, _ -> sleep.wakeUp()))
                    .get("/is_sleeping", TimelineRoute.replying(timeline, _ -> sleep.isSleeping()));
        }
    }

    private static Route metrics(MockEngine mock, SleepEndpoints sleep) {
        EngineFacts facts = EngineFacts.of(mock.engine());
        return new TimelineRoute<>(
                mock.timeline(),
                _ -> MetricsPage.of(facts, mock.engine().stats(), sleep.state(), mock.metrics()),
                page -> new Reply(200, Map.of(Reply.CONTENT_TYPE, MetricsPage.CONTENT_TYPE), page.text()));
    }

    private static void fallAsleep(LiveTimeline timeline, SleepEndpoints sleep, HttpCall call) {
        try {
            SleepState level = SleepEndpoints.levelOf(call);
            TimelineRoute.replying(timeline, _ -> sleep.sleep(level)).handle(call);
        } catch (BadRequest bad) {
            call.response().reply(bad.error().toReply());
        }
    }
}
