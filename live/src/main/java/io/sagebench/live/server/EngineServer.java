package io.sagebench.live.server;

import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.server.metrics.EngineFacts;
import io.sagebench.live.server.metrics.MetricsPage;
import io.sagebench.live.server.metrics.SleepState;
import io.sagebench.random.Seed;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// One engine behind an OpenAI-compatible HTTP port, shaped like a vLLM server. Listens once it is made. Safe for use by any thread. When its
/// timeline ends first, new requests are refused with 503.
public final class EngineServer implements AutoCloseable {
    /// The vLLM whose port this is like, marked as not being it.
    static final String VERSION = "0.19.0+sagebench";

    /// Nothing to start slowly, nor to put to sleep.
    private static final MockEngineOptions AWAKE = new MockEngineOptions(
            MockEngineOptions.Answers.WORDS,
            MockEngineOptions.Lengths.FULL,
            OptionalInt.empty(),
            1,
            Duration.ZERO,
            false,
            false,
            new Seed(1));

    private final HttpListener listener;
    private final PortText text;

    /// A mock engine: what it reads and says is made up.
    ///
    /// @param timeline   where `engine` lives; the caller starts and closes it, after this server
    /// @param engine     answers every request at once; whether some wait is its affair
    /// @param adjustable what `/admin/config` shows and changes
    /// @param options    how the port behaves beyond what the engine decides
    /// @param settings   how to listen
    /// @throws BindException when the address cannot be listened on; the message says what to do
    public EngineServer(
            LiveTimeline timeline,
            MonitoredEngine engine,
            Adjustable adjustable,
            MockEngineOptions options,
            ServerSettings settings)
            throws BindException {
        this(
                "mock-engine",
                new ServedEngine(timeline, engine, options.maxWaiting()),
                new MadeUpText(options, engine.description()),
                adjustable,
                options,
                settings);
    }

    /// An engine that computes its answers: prompts reach it in the model's own tokens, and what it says goes out as it comes.
    ///
    /// @param timeline where `engine` lives; the caller starts and closes it, after this server
    /// @param engine   takes jobs with [io.sagebench.engine.RealText]
    /// @param model    makes tokens of requests
    /// @param settings how to listen
    /// @throws BindException when the address cannot be listened on; the message says what to do
    public EngineServer(LiveTimeline timeline, MonitoredEngine engine, ModelText model, ServerSettings settings)
            throws BindException {
        this(
                "engine",
                new ServedEngine(timeline, engine, OptionalInt.empty()),
                new ModelTextPort(model, engine.description()),
                Adjustable.NOTHING,
                AWAKE,
                settings);
    }

    private EngineServer(
            String name,
            ServedEngine served,
            PortText text,
            Adjustable adjustable,
            MockEngineOptions options,
            ServerSettings settings)
            throws BindException {
        this.text = text;
        try {
            listener = new HttpListener(name, settings, routes(served, text, adjustable, options, settings));
        } catch (BindException taken) {
            text.close();
            throw taken;
        }
    }

    /// The port it listens on.
    public int port() {
        return listener.port();
    }

    /// Refuses new work, lets running answers go on up to the drain limit, then closes all connections. Blocks; not for the timeline.
    @Override
    public void close() {
        listener.close();
        text.close();
    }

    /// All that it answers.
    static Routes routes(
            ServedEngine served, PortText text, Adjustable adjustable, MockEngineOptions options, ServerSettings settings) {
        var routes = new Routes();
        addWork(routes, served, text);
        addState(routes, served, options);
        var guard = new AdminGuard(settings.adminToken(), settings.host());
        var config = new ConfigEndpoints(adjustable);
        return routes.get("/admin/config", guard.guarding(TimelineRoute.replying(served.timeline(), _ -> config.show())))
                .post("/admin/config", guard.guarding(TimelineRoute.replying(served.timeline(), config::change)));
    }

    private static void addWork(Routes routes, ServedEngine served, PortText text) {
        Reading reading = text.reading();
        routes.post("/v1/chat/completions", new InferenceRoute(served, reading, text::chat))
                .post("/v1/completions", new InferenceRoute(served, reading, text::completion))
                .post("/v1/embeddings", new InferenceRoute(served, reading, text::embeddings))
                .post("/tokenize", replying(reading, text::tokenize));
        if (text.detokenizes()) {
            routes.post("/detokenize", replying(reading, text::detokenize));
        }
    }

    /// Answers from a request alone.
    @FunctionalInterface
    private interface Answer {
        Reply to(HttpCall call) throws BadRequest;
    }

    private static Route replying(Reading reading, Answer answer) {
        return call -> reading.read(call, () -> answer.to(call), reply -> call.response().reply(reply));
    }

    private static void addState(Routes routes, ServedEngine served, MockEngineOptions options) {
        LiveTimeline timeline = served.timeline();
        Reply version = Reply.ok(Map.of("version", VERSION));
        Reply models = ModelList.of(List.of(served.description()));
        var readiness = new Readiness(timeline, served.engine(), options.startup());
        var sleep = new SleepEndpoints(served.engine());
        Route alive = TimelineRoute.replying(timeline, _ -> readiness.live());
        routes.get("/health", alive)
                .get("/ping", alive)
                .post("/ping", alive)
                .get("/health/ready", TimelineRoute.replying(timeline, _ -> readiness.tell()))
                .get("/version", call -> call.response().reply(version))
                .get("/v1/models", call -> call.response().reply(models))
                .get("/metrics", metrics(served, sleep));
        if (options.sleepMode()) {
            routes.post("/sleep", call -> fallAsleep(timeline, sleep, call))
                    .post("/wake_up", TimelineRoute.replying(timeline, _ -> sleep.wakeUp()))
                    .get("/is_sleeping", TimelineRoute.replying(timeline, _ -> sleep.isSleeping()));
        }
    }

    private static Route metrics(ServedEngine served, SleepEndpoints sleep) {
        EngineFacts facts = EngineFacts.of(served.engine());
        return new TimelineRoute<>(
                served.timeline(),
                _ -> MetricsPage.of(facts, served.engine().stats(), sleep.state(), served.metrics()),
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
