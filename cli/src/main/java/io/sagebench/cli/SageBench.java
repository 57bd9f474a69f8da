package io.sagebench.cli;

import io.sagebench.benchmark.BuildInfo;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The top of the command line.
@Command(
        name = BuildInfo.PROGRAM,
        description = {
            "Measures scheduling policies of LLM serving: against a running control plane over HTTP, against the"
                    + " one that ships, or in virtual time."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:done, but no request succeeded, or a limit was missed",
            "2:wrong usage, or an invalid configuration",
            "3:could not run: the target is not there, or refused",
            "130:interrupted, after what was measured was written"
        },
        footer = {"", "A first look, without anything else: sage-bench compare --simulate"})
final class SageBench implements Runnable {
    private static final int LEAST_HELP_WIDTH = 55; // what picocli can do
    private static final int MOST_HELP_WIDTH = 80;

    /// Read by the configuration of the log.
    private static final String LOG_LEVEL = "SAGE_LOG_LEVEL";
    private static final List<String> LOG_LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE", "OFF");

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = 100,
            description = "Shows this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            order = 101,
            description = "On a failure of the program itself, shows where.")
    private boolean debug;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            order = 102,
            description = "Shows the version.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    private SageBench(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Runs the command of these arguments.
    ///
    /// @return the exit code
    static int execute(Surroundings surroundings) {
        Terminal terminal = surroundings.terminal();
        String level = surroundings.environment().getOrDefault(LOG_LEVEL, "");
        if (!level.isBlank() && !LOG_LEVELS.contains(level.toUpperCase(Locale.ROOT))) {
            terminal.say(LOG_LEVEL + ": must be one of " + String.join(", ", LOG_LEVELS) + ", but is '" + level + "'");
            return ExitCode.WRONG_USAGE;
        }
        var top = new SageBench(terminal);
        var line = new CommandLine(top)
                .addSubcommand(new RunCommand(surroundings))
                .addSubcommand(new CompareCommand(surroundings))
                .addSubcommand(new SweepCommand(surroundings))
                .addSubcommand(new ExperimentCommand(surroundings))
                .addSubcommand(new CapacityCommand(surroundings))
                .addSubcommand(new DiffCommand(surroundings))
                .addSubcommand(new ReportCommand(surroundings))
                .addSubcommand(new VisualizeCommand(surroundings))
                .addSubcommand(new ServeCommand(surroundings))
                .addSubcommand(MockEngineCommand.in(surroundings))
                .addSubcommand(EngineCommand.in(surroundings))
                .addSubcommand(new PoliciesCommand(surroundings))
                .addSubcommand(new ProfilesCommand(surroundings))
                .addSubcommand(new CalibrateCommand(surroundings))
                .addSubcommand(WorkloadCommand.in(surroundings))
                .addSubcommand(new DoctorCommand(surroundings))
                .addSubcommand(new ConfigCommand(terminal))
                .addSubcommand(new ValidateCommand(surroundings))
                .addSubcommand(new CompletionCommand(terminal));
        var tool = surroundings.tool();
        line.getCommandSpec().version(tool.name() + " " + tool.version() + " (commit " + tool.commit() + ", Java "
                + Runtime.version() + ")");
        line.setOut(terminal.out())
                .setErr(terminal.err())
                .setUsageHelpWidth(Math.clamp(terminal.results().width(), LEAST_HELP_WIDTH, MOST_HELP_WIDTH))
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.results().colour() ? Ansi.ON : Ansi.OFF))
                .setExecutionStrategy(parsed -> {
                    RepeatedOptions.refuse(parsed);
                    return new CommandLine.RunLast().execute(parsed);
                })
                .setParameterExceptionHandler(new UsageMistakes(terminal))
                .setExecutionExceptionHandler((failure, _, _) -> failed(failure, terminal, top.debug));
        int code = line.execute(surroundings.arguments().toArray(String[]::new));
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    /// Without a command.
    @Override
    public void run() {
        spec.commandLine().usage(terminal.err());
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int failed(Exception failure, Terminal terminal, boolean debug) {
        terminal.say(BuildInfo.PROGRAM + ": internal error: " + failure
                + (debug ? "" : "; run it again with --debug to see where"));
        if (debug) {
            failure.printStackTrace(terminal.err());
            terminal.err().flush();
        }
        return ExitCode.COULD_NOT_RUN;
    }
}
