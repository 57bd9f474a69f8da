package io.sagebench.live.server;

import io.sagebench.controlplane.Refusal;
import io.sagebench.controlplane.Submission;
import io.sagebench.controlplane.SubmissionEvents;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.live.clock.LiveTimeline;
import java.net.BindException;
import java.util.List;
import java.util.Optional;

/// One engine behind an OpenAI-compatible HTTP port, shaped like a vLLM server: `/health`, `/v1/models`, `/v1/chat/completions`. Listens once it is
/// made. Safe for use by any thread. When its timeline ends first, new requests are refused with 503.
public final class MockEngineServer implements AutoCloseable {
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
        EngineDescription description = engine.description();
        listener = new HttpListener(
                "mock-engine",
                settings,
                FrontEnd.routes(
                        timeline,
                        (submission, events) -> submit(engine, submission, events),
                        _ -> ModelList.of(List.of(description))));
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

    private static Runnable submit(Engine engine, Submission submission, SubmissionEvents events) {
        EngineDescription description = engine.description();
        if (!description.models().serves(submission.model())) {
            return refuse(
                    events,
                    Refusal.Reason.UNKNOWN_MODEL,
                    "there is no model '" + submission.model() + "' here; there is "
                            + String.join(", ", description.models().names()));
        }
        long totalTokens = (long) submission.promptTokens() + submission.maxOutputTokens();
        if (!description.fits(totalTokens)) {
            return refuse(
                    events,
                    Refusal.Reason.CONTEXT_TOO_LONG,
                    "the request needs " + totalTokens + " tokens (" + submission.promptTokens() + " in the prompt, "
                            + submission.maxOutputTokens() + " for the answer), more than fit into this model's context");
        }
        var job = new EngineJob(
                submission.id(),
                submission.model(),
                submission.priority(),
                submission.promptTokens(),
                submission.maxOutputTokens(),
                submission.payload());
        return engine.start(job, new Forwarding(events))::cancel;
    }

    private static Runnable refuse(SubmissionEvents events, Refusal.Reason reason, String message) {
        events.refused(new Refusal(reason, message, Optional.empty()));
        return () -> {};
    }

    private record Forwarding(SubmissionEvents events) implements EngineEvents {
        @Override
        public void tokens(int count) {
            events.tokens(count);
        }

        @Override
        public void finished(EngineResult result) {
            events.finished(result);
        }

        @Override
        public void failed(EngineFailure failure) {
            events.failed(failure);
        }
    }
}
