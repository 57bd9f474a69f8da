package io.sagebench.cli;

import io.sagebench.benchmark.Benchmarks;
import io.sagebench.benchmark.Serving;
import io.sagebench.benchmark.engine.CpuServing;
import io.sagebench.report.ToolInfo;
import io.sagebench.report.terminal.TerminalStyle;
import io.sagebench.report.visual.Visuals;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs command lines with fakes around them, and keeps what they print.
final class CommandLineHarness {
    private static final int USUAL_WIDTH = 80;

    final FakeBenchmarks benchmarks = new FakeBenchmarks();
    final FakeServing serving = new FakeServing();
    final Map<String, String> environment = new HashMap<>();
    boolean interruptAtOnce;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();
    private final Benchmarks runner;
    private final Serving servers;
    private final int width;
    /// Draws nothing, unless a test is about what it draws.
    Visualizer visualizer = (_, _, _, _, _) -> new Visuals.Written(List.of(), List.of(), List.of(), List.of());

    CommandLineHarness() {
        runner = benchmarks;
        servers = serving;
        width = USUAL_WIDTH;
    }

    /// @param runner measures in the place of the fake
    CommandLineHarness(Benchmarks runner) {
        this.runner = runner;
        servers = serving;
        width = USUAL_WIDTH;
    }

    /// @param servers starts servers in the place of the fake
    /// @param width   of the terminal, in columns
    CommandLineHarness(Serving servers, int width) {
        runner = benchmarks;
        this.servers = servers;
        this.width = width;
    }

    int execute(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), TerminalStyle.PLAIN, false, width);
        return SageBench.execute(new Surroundings(
                terminal,
                environment,
                List.of(arguments),
                runner,
                servers,
                new ToolInfo("sage-bench", "1.2.3", "abc1234"),
                InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")),
                this::interrupts,
                visualizer));
    }

    private Interrupts.Guard interrupts(Runnable action, Duration patience) {
        if (interruptAtOnce) {
            action.run();
        }
        return new Interrupts.Guard() {
            @Override
            public void await() {
                action.run();
            }

            @Override
            public void close() {}
        };
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    List<String> errLines() {
        return err().lines().toList();
    }

    /// Starts nothing, and says that it listens.
    static final class FakeServing implements Serving {
        final List<Object> started = new ArrayList<>();
        int closed;

        @Override
        public Served controlPlane(ControlPlaneServerConfig config) {
            return start(config);
        }

        @Override
        public Served mockEngine(MockEngineConfig config) {
            return start(config);
        }

        @Override
        public Served cpuEngine(CpuServing.Config config) {
            return start(config);
        }

        private Served start(Object config) {
            started.add(config);
            return new Served.Listening(new RunningServer() {
                @Override
                public URI url() {
                    return URI.create("http://127.0.0.1:8080");
                }

                @Override
                public String description() {
                    return "a test";
                }

                @Override
                public Duration drainLimit() {
                    return Duration.ofMillis(2_500);
                }

                @Override
                public void close() {
                    closed++;
                }
            });
        }
    }
}
