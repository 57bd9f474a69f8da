package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sagebench.engine.Engine;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.server.EngineRegistrar.Registration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;

/// `POST /admin/instances`: has an engine made of the body, and takes it into the control plane. Servers are asked on a thread of its own, since they
/// may take their time.
final class RegistrationRoute implements Route {
    private final LiveTimeline timeline;
    private final InstanceEndpoints instances;
    private final EngineRegistrar registrar;

    RegistrationRoute(LiveTimeline timeline, InstanceEndpoints instances, EngineRegistrar registrar) {
        this.timeline = timeline;
        this.instances = instances;
        this.registrar = registrar;
    }

    @Override
    public void handle(HttpCall call) {
        Thread.ofVirtual().name("registration").start(() -> register(call));
    }

    private void register(HttpCall call) {
        try {
            Reply reply = replyTo(new String(call.body(), UTF_8));
            post(call, () -> call.response().reply(reply));
        } catch (RuntimeException fault) {
            post(call, () -> call.response().fault(fault));
        }
    }

    private Reply replyTo(String json) {
        try {
            return switch (registrar.make(json)) {
                case Registration.Made(List<Engine> engines) -> add(engines);
                case Registration.Invalid(List<String> problems) ->
                    new ApiError(400, String.join("; ", problems), Optional.empty(), Optional.of("invalid_value"), Optional.empty())
                            .toReply();
                case Registration.Unreachable(String message) -> ApiError.of(502, "instance_unreachable", message).toReply();
            };
        } catch (RejectedExecutionException | CancellationException _) {
            return ApiError.stopping().toReply();
        }
    }

    private Reply add(List<Engine> engines) {
        try {
            return timeline.call(() -> instances.add(engines));
        } catch (RejectedExecutionException | CancellationException ended) {
            engines.forEach(InstanceEndpoints::close);
            throw ended;
        }
    }

    private static void post(HttpCall call, Runnable write) {
        try {
            call.loop().execute(write);
        } catch (RejectedExecutionException _) {
            // the server has closed, and this connection with it
        }
    }
}
