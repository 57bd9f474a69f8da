package io.sagebench.benchmark.engine;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.inference.ChatTemplate;
import io.sagebench.inference.CpuEngine;
import io.sagebench.inference.CpuEngineSettings;
import io.sagebench.inference.LoadedModel;
import io.sagebench.inference.UnusableModelException;
import io.sagebench.inference.hub.ModelUnavailable;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.server.EngineServer;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.request.Check;
import io.sagebench.request.Tokenizer;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A real model behind an OpenAI-compatible port of this process, from [#start] until it is closed. Safe for use by any thread.
public final class CpuServing implements AutoCloseable {
    private final LoadedModel model;
    private final Optional<String> modelNote;
    private final LiveTimeline timeline;
    private final CpuEngine engine;
    private final EngineServer server;
    private final Config config;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// What to serve, and where.
    ///
    /// @param host     the address to listen on
    /// @param port     the port, 0 for any
    /// @param model    what answers
    /// @param names    the names it answers to; none for its own
    /// @param settings how it is computed
    public record Config(String host, int port, CpuModel model, List<String> names, CpuEngineSettings settings) {
        public Config {
            Check.notBlank(host, "host");
            Check.notNegative(port, "port");
            names = List.copyOf(names);
        }

        /// A model on any free port of this machine.
        public static Config of(CpuModel model, CpuEngineSettings settings) {
            return new Config("127.0.0.1", 0, model, List.of(), settings);
        }

        ServerSettings listening() {
            return ServerSettings.onLoopback(port).on(host);
        }
    }

    private CpuServing(Config config, CpuModels.Opened opened, LiveTimeline timeline) throws BindException {
        this.config = config;
        this.model = opened.model();
        this.modelNote = opened.note();
        this.timeline = timeline;
        var names = new ServedModels(new HashSet<>(config.names().isEmpty() ? List.of(model.name()) : config.names()));
        engine = new CpuEngine(timeline, timeline, new EngineId("cpu"), names, model, config.settings());
        try {
            server = new EngineServer(timeline, engine, new LoadedModelText(model, ChatTemplate.of(model)), config.listening());
        } catch (BindException taken) {
            engine.close();
            throw taken;
        }
    }

    /// Finds the model on this machine, reads it and listens.
    ///
    /// @param onFailure told when the server has failed by a bug of ours and answers no more
    /// @throws UnusableModelException when the model cannot be run; the message says why and what to do
    /// @throws ModelUnavailable       when it is not to be had, likewise
    /// @throws BindException          when the address cannot be listened on; the message says what to do
    public static CpuServing start(Config config, Consumer<Throwable> onFailure)
            throws UnusableModelException, ModelUnavailable, BindException {
        return start(config, CpuModels.LOCAL, onFailure);
    }

    /// The same with a model from wherever `models` finds it.
    public static CpuServing start(Config config, CpuModels models, Consumer<Throwable> onFailure)
            throws UnusableModelException, ModelUnavailable, BindException {
        CpuModels.Opened opened = models.open(config.model(), config.settings());
        var timeline = new LiveTimeline("cpu-engine", new RunClock(), onFailure);
        timeline.start();
        try {
            return new CpuServing(config, opened, timeline);
        } catch (BindException taken) {
            timeline.close();
            opened.model().close();
            throw taken;
        }
    }

    /// Where it listens, with the real port.
    public URI url() {
        String host = config.host();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port());
    }

    /// The name to ask for.
    public String modelName() {
        return config.names().isEmpty() ? model.name() : config.names().getFirst();
    }

    /// That of the model, without what its conventions put around a text. To be used until this is closed.
    public Tokenizer tokenizer() {
        return model.tokenizer();
    }

    /// The model in memory. To be used until this is closed.
    public LoadedModel model() {
        return model;
    }

    /// One line for people.
    public String description() {
        CpuEngineSettings settings = config.settings();
        return "model " + modelName() + " on the CPU, threads " + settings.threads() + ", max_num_seqs "
                + settings.maxConcurrent() + ", context " + model.contextTokens() + " tokens";
    }

    /// What people should know: what the model can do, and what else they may not expect.
    public List<String> notes() {
        var notes = new ArrayList<>(model.capabilities());
        notes.addAll(warnings());
        return notes;
    }

    /// What people may not expect: that the model is not the one asked for, and how chats are written for it.
    public List<String> warnings() {
        var warnings = new ArrayList<String>();
        modelNote.ifPresent(warnings::add);
        if (model.kind() == LoadedModel.Kind.DECODER && model.chatTemplate().isEmpty()) {
            warnings.add("this model has no chat template: each message becomes a line 'role: text'");
        }
        return warnings;
    }

    /// How long requests that are there may go on when it stops.
    public Duration drainLimit() {
        return config.listening().drainLimit();
    }

    /// Refuses new requests, lets those here end, and frees the model's memory. Blocks; harmless when called again.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.close();
            engine.close();
            timeline.close();
            model.close();
        }
    }
}
