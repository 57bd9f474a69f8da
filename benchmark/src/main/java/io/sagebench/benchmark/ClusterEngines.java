package io.sagebench.benchmark;

import io.sagebench.benchmark.Serving.Engines;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineId;
import io.sagebench.live.engine.EngineArrivals;
import io.sagebench.live.engine.HttpEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// The engines of a cluster file: all servers are asked at once at the start, and those that do not answer are waited for while the others serve.
final class ClusterEngines implements AutoCloseable {
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(2);

    private final Engines.Cluster cluster;
    private final EngineOpening opening;
    private final Queue<HttpEngine> opened = new ConcurrentLinkedQueue<>();
    private final List<EngineSpec.AtUrl> awaited = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private volatile boolean closed;
    private EngineArrivals arrivals = new EngineArrivals(RETRY_INTERVAL, HttpEngine::close);

    ClusterEngines(Engines.Cluster cluster, EngineOpening opening) {
        this.cluster = cluster;
        this.opening = opening;
    }

    /// What came of asking one server.
    private sealed interface Asked {
        record There(HttpEngine engine) implements Asked {}

        record Away(EngineSpec.AtUrl spec, String reason) implements Asked {}
    }

    /// Makes the engines that are there, or that enough is known of. Blocks.
    ///
    /// @throws CannotServe when too few servers answer
    List<Engine> open() throws CannotServe {
        var asked = new ArrayList<CompletableFuture<Asked>>();
        var engines = new ArrayList<Engine>();
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (EngineSpec spec : cluster.specs()) {
                switch (spec) {
                    case EngineSpec.AtUrl at -> asked.add(CompletableFuture.supplyAsync(() -> ask(at), each));
                    case EngineSpec.Simulated simulated -> engines.addAll(opening.simulate(simulated));
                }
            }
        }
        var away = new ArrayList<Asked.Away>();
        for (CompletableFuture<Asked> answer : asked) {
            switch (answer.join()) {
                case Asked.There(HttpEngine engine) -> {
                    opened.add(engine);
                    engines.add(engine);
                    engine.doubt().ifPresent(doubt -> notes.add("engine " + engine.description().id() + ": " + doubt));
                }
                case Asked.Away one -> away.add(one);
            }
        }
        refuseTooFew(engines, away);
        for (Asked.Away one : away) {
            var expected = opening.expect(one.spec);
            expected.ifPresentOrElse(
                    engine -> {
                        opened.add(engine);
                        engines.add(engine);
                    },
                    () -> awaited.add(one.spec));
            notes.add("engine " + one.spec.id() + ": " + one.reason + ". "
                    + (expected.isPresent() ? "Requests for its models wait for it." : "It joins when it answers."));
        }
        return engines;
    }

    private Asked ask(EngineSpec.AtUrl spec) {
        try {
            return new Asked.There(opening.connect(spec));
        } catch (IOException reason) {
            return new Asked.Away(spec, String.valueOf(reason.getMessage()));
        }
    }

    private void refuseTooFew(List<Engine> there, List<Asked.Away> away) throws CannotServe {
        if (away.isEmpty() || (!cluster.strict() && !there.isEmpty())) {
            return;
        }
        close();
        var message = new StringBuilder(there.isEmpty() ? "no engine answers:" : "not all engines answer:");
        away.forEach(one -> message.append(System.lineSeparator()).append("  engine ").append(one.spec.id()).append(": ").append(one.reason));
        throw new CannotServe(message.toString());
    }

    /// Waits for the servers that did not answer, and hands each over when it does.
    void awaitOthers(Consumer<Engine> join) {
        arrivals = new EngineArrivals(RETRY_INTERVAL, engine -> {
            opened.add(engine);
            if (closed) {
                engine.close();
            } else {
                join.accept(engine);
            }
        });
        awaited.forEach(spec -> arrivals.await(new EngineId(spec.id()), () -> opening.connect(spec)));
    }

    /// What a person should know of the start.
    List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public void close() {
        closed = true;
        arrivals.close();
        opened.forEach(HttpEngine::close);
    }

    /// Says why engines could not be had.
    static final class CannotServe extends Exception {
        private static final long serialVersionUID = 1;

        CannotServe(String message) {
            super(message);
        }
    }
}
