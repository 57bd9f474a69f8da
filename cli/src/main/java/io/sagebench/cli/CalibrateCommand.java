package io.sagebench.cli;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.calibrate.CalibrationOrder;
import io.sagebench.benchmark.calibrate.CalibrationOrder.Source;
import io.sagebench.benchmark.calibrate.CalibrationOutcome;
import io.sagebench.benchmark.calibrate.Calibrator;
import io.sagebench.benchmark.config.EngineProfileYaml;
import io.sagebench.benchmark.config.ProfileSource;
import io.sagebench.benchmark.config.TargetChoice;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.report.NewFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Fits an engine profile to a server or a log.
@Command(
        name = "calibrate",
        description = {
            "Fits an engine profile to the measured behaviour of a server, or to a log of requests, and writes it to a file.",
            "Measuring a server takes a minute or two, in which it should have nothing else to do."
        },
        sortOptions = false,
        footer = {
            "",
            "Example: sage-bench calibrate --url http://my-vllm:8000 -o mine.yaml",
            "         sage-bench calibrate --log requests.csv --start-from llama3-8b-h100"
        })
final class CalibrateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = "--url", paramLabel = "URL", description = "The server, OpenAI-compatible: vLLM, SGLang, LMDeploy.")
    private @Nullable String url;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Instead: our requests_*.jsonl, an engine's request log (JSON Lines), or CSV.")
    private @Nullable Path log;

    @Option(names = "--model", paramLabel = "NAME", description = "The model to ask for. Default: the first the server lists.")
    private @Nullable String model;

    @Option(
            names = "--start-from",
            paramLabel = "PROFILE|FILE",
            description = "The profile to start from, which also has what is not fitted. Default: a guess by the model's name.")
    private @Nullable String startFrom;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "calibrated.yaml",
            description = "The profile. Default: ${DEFAULT-VALUE}.")
    private Path output = Path.of("");

    @Option(names = "--force", description = "Replaces a file of that name.")
    private boolean force;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long measuring may take by the forecast; load that would take longer is left out. Default: ${DEFAULT-VALUE}.")
    private String timeLimit = "";

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "Of the prompts and the search. Default: another each time, so that no prompt is in a prefix cache.")
    private @Nullable String seed;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "Sent as a bearer token; never printed or stored. Better: set SAGE_API_KEY.")
    private @Nullable String apiKey;

    @Option(
            names = "--ca-file",
            paramLabel = "PEM",
            description = "Certificates of the authorities to believe at an https URL instead of those that Java knows; or SAGE_CA_FILE.")
    private @Nullable String caFile;

    CalibrateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var texts = new ServerTexts();
        Optional<Source> source = source(texts);
        Optional<EngineProfile> start = Optional.ofNullable(startFrom).flatMap(name -> {
            texts.profile("--start-from", name);
            return ProfileSource.find(name);
        });
        int seconds = texts.count("--time-limit", timeLimit).orElse(1);
        long seedValue = seed(texts);
        if (!force && Files.exists(output)) {
            texts.problem("--output", output + " is there already; give another name, or --force to replace it");
        }
        problemWithPlace().ifPresent(problem -> texts.problem("--output", problem));
        if (!output.toString().matches(".*\\.(yaml|yml)")) {
            texts.problem("--output", "must end in .yaml or .yml, but is '" + output + "'");
        }
        if (source.isEmpty() || !texts.problems().isEmpty()) {
            texts.problems().forEach(problem -> surroundings.terminal().say(problem.toString()));
            return ExitCode.WRONG_USAGE;
        }
        return calibrate(new CalibrationOrder(source.get(), start, Duration.ofSeconds(seconds), seedValue));
    }

    private Optional<Source> source(ServerTexts texts) {
        Optional<ApiKey> key = texts.apiKey(apiKey, surroundings.environment());
        if (url != null && log != null) {
            texts.problem("--log", "cannot be given together with --url; leave one of them out");
            return Optional.empty();
        }
        if (log != null) {
            if (model != null) {
                texts.problem("--model", "has no effect with a log");
            }
            if (caFile != null) {
                texts.problem("--ca-file", "has no effect with a log");
            }
            return Optional.of(new Source.Log(log));
        }
        if (url == null) {
            texts.problem("--url", "is missing; give the server's URL, or a log with --log");
            return Optional.empty();
        }
        Optional<String> wrong = TargetChoice.problemWith(url);
        if (wrong.isPresent()) {
            texts.problem("--url", wrong.get());
            return Optional.empty();
        }
        URI server = URI.create(url);
        boolean isHttps = "https".equalsIgnoreCase(server.getScheme());
        var trust = TargetChoice.trust(caFile, surroundings.environment(), isHttps, texts.problems());
        return Optional.of(new Source.Server(server, Optional.ofNullable(model), key, trust));
    }

    private long seed(ServerTexts texts) {
        if (seed == null) {
            return surroundings.clock().instant().toEpochMilli();
        }
        try {
            return Long.parseLong(seed);
        } catch (NumberFormatException _) {
            texts.problem("--seed", "must be a whole number of at most 64 bits, but is '" + seed + "'");
            return 0;
        }
    }

    private int calibrate(CalibrationOrder order) {
        Terminal terminal = surroundings.terminal();
        return switch (new Calibrator(terminal::say).calibrate(order)) {
            case CalibrationOutcome.Failed(List<String> messages) -> {
                messages.forEach(terminal::say);
                yield ExitCode.COULD_NOT_RUN;
            }
            case CalibrationOutcome.Fitted fitted -> {
                var text = new CalibrationText(fitted, terminal.results().width());
                text.lines().forEach(terminal::printLine);
                yield write(fitted, text);
            }
        };
    }

    private int write(CalibrationOutcome.Fitted fitted, CalibrationText text) {
        Terminal terminal = surroundings.terminal();
        String name = String.valueOf(output.getFileName()).replaceFirst("\\.[^.]*$", "");
        EngineProfile of = fitted.result().profile();
        var profile = new EngineProfile(
                name, of.model(), of.stepTime(), of.scheduler(), of.kvBlocks(), of.overhead(), of.speculation(), of.noiseSigma());
        var heading = new ArrayList<>(List.of("Calibrated by sage-bench from " + fitted.source() + ".", ""));
        heading.addAll(text.lines());
        heading.add("");
        try {
            NewFile.write(output, EngineProfileYaml.of(profile, heading).getBytes(StandardCharsets.UTF_8), force);
        } catch (IOException broken) {
            terminal.say("--output: cannot write " + output + ": " + reason(broken));
            return ExitCode.COULD_NOT_RUN;
        }
        terminal.printLine("");
        terminal.printLine("Profile: " + output);
        return ExitCode.DONE;
    }

    /// Why the profile cannot be written there, if it cannot: tried out before minutes of measuring.
    private Optional<String> problemWithPlace() {
        if (Files.isDirectory(output)) {
            return Optional.of(output + " is a directory; give the name of a file");
        }
        Path directory = Optional.ofNullable(output.getParent()).orElse(Path.of(""));
        try {
            Files.delete(Files.createTempFile(directory, ".try", ""));
            return Optional.empty();
        } catch (IOException broken) {
            return Optional.of("cannot write " + output + ": " + reason(broken) + "; choose another place");
        }
    }

    private static String reason(IOException broken) {
        return broken instanceof FileSystemException about ? OutputPlace.kind(about) : String.valueOf(broken.getMessage());
    }
}
