package io.sagebench.cli;

import io.sagebench.report.ToolInfo;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What is about one engine.
@Command(
        name = "engine",
        description = {"sageLLM Benchmark Suite: one engine, simulated, computing on this machine, or a server."},
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example: sage-bench engine run --workload m1 --backend mock"})
final class EngineCommand implements Runnable {
    /// The name under which these commands stand alone.
    private static final String ALONE = "sagellm-benchmark";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Shows the version.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    private EngineCommand() {}

    /// With its commands.
    static CommandLine in(Surroundings surroundings) {
        var line = new CommandLine(new EngineCommand())
                .addSubcommand(new EngineRunCommand(surroundings))
                .addSubcommand(new EngineReportCommand(surroundings))
                .addSubcommand(new EngineTemplateCommand(surroundings))
                .addSubcommand(new EngineCompareCommand(surroundings))
                .addSubcommand(new EngineRegressCommand(surroundings))
                .addSubcommand(new EngineContractCommand(surroundings))
                .addSubcommand(new EngineDashboardCommand(surroundings))
                .addSubcommand(new EngineLeaderboardCommand(surroundings))
                .addSubcommand(new EngineServeCommand(surroundings));
        ToolInfo tool = surroundings.tool();
        line.getCommandSpec().version(ALONE + ", version " + tool.version() + " (" + tool.name() + ", commit " + tool.commit() + ")");
        return line;
    }

    /// Without a command.
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
