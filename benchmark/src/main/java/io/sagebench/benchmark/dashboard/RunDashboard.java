package io.sagebench.benchmark.dashboard;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.engine.EngineListener;
import io.sagebench.live.dashboard.Snapshot;
import io.sagebench.live.dashboard.Snapshot.Kind;
import io.sagebench.live.dashboard.Snapshot.State;
import io.sagebench.live.server.DashboardServer;
import io.sagebench.live.server.ServerSettings;
import java.net.BindException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// A run that can be watched in a browser on this machine while it goes on:
///
/// ```java
/// try (var dashboard = RunDashboard.of(config, "my comparison", 0)) {
///     System.err.println(dashboard.url());
///     benchmark.run(config, dashboard.listener(), RecordSink.NONE, stop);
///     dashboard.ended(RunDashboard.End.DONE, "");
/// }
/// ```
///
/// While nobody looks it counts requests, and does nothing else.
public final class RunDashboard implements AutoCloseable {
    /// Where it is, unless somebody says otherwise.
    public static final int USUAL_PORT = 8090;

    private final DashboardState state;
    private final TargetWatch watch;
    private final DashboardServer server;

    /// How a run ended.
    public enum End {
        /// By itself.
        DONE(State.DONE),
        /// It was asked to stop.
        INTERRUPTED(State.INTERRUPTED),
        /// It could not go on.
        FAILED(State.FAILED);

        private final State state;

        End(State state) {
            this.state = state;
        }
    }

    private RunDashboard(Kind kind, String title, List<String> names, TargetWatch watch, int port) throws BindException {
        this.watch = watch;
        state = new DashboardState(kind, title, System::nanoTime);
        server = new DashboardServer(ServerSettings.onLoopback(port).withIoThreads(1), this::ask, DashboardColours.of(names));
    }

    /// One for benchmarks of policies. Listens on this machine's loopback address once it returns.
    ///
    /// @param title in a few words
    /// @param port  0 for any that is free
    /// @throws BindException when the port is taken; the message says what to do
    public static RunDashboard of(BenchmarkConfig config, String title, int port) throws BindException {
        return new RunDashboard(Kind.BENCHMARK, title, config.policies(), new TargetWatch(Optional.of(config)), port);
    }

    /// One for a benchmark of an engine.
    ///
    /// @param workloads their names
    /// @throws BindException when the port is taken; the message says what to do
    public static RunDashboard ofEngine(List<String> workloads, String title, int port) throws BindException {
        return new RunDashboard(Kind.ENGINE, title, workloads, new TargetWatch(Optional.empty()), port);
    }

    /// Where the page is.
    public URI url() {
        return server.url();
    }

    /// Is to be told how the run goes.
    public BenchmarkListener listener() {
        return new BenchmarkTelling(state, watch);
    }

    /// The same for a benchmark of an engine.
    ///
    /// @param runs how many measurements there will be
    public EngineListener engineListener(int runs, int repeats) {
        return new EngineTelling(state, runs, repeats);
    }

    /// The run is over, and those who watch shall know how.
    ///
    /// @param why in a sentence; may be empty
    public void ended(End how, String why) {
        state.finished(how.state, why);
    }

    private void ask(Executor where, Consumer<Snapshot> answer) {
        try {
            where.execute(() -> answer.accept(state.snapshot(watch.latest())));
        } catch (RejectedExecutionException _) {
            // the server has closed: there is nobody left to tell
        }
    }

    /// Sends those who watch the last state, and closes the port.
    @Override
    public void close() {
        server.close();
        watch.close();
    }
}
