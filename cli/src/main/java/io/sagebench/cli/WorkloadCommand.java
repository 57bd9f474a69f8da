package io.sagebench.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What is about loads alone, without a server.
@Command(
        name = "workload",
        description = "Workloads, datasets and traces: lists, shows, checks, describes, converts and writes them, without sending anything.",
        synopsisSubcommandLabel = "COMMAND")
final class WorkloadCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private WorkloadCommand() {}

    /// With its commands.
    static CommandLine in(Surroundings surroundings) {
        return new CommandLine(new WorkloadCommand())
                .addSubcommand(new WorkloadListCommand(surroundings))
                .addSubcommand(new WorkloadShowCommand(surroundings))
                .addSubcommand(new WorkloadDescribeCommand(surroundings))
                .addSubcommand(new WorkloadValidateCommand(surroundings))
                .addSubcommand(new WorkloadConvertCommand(surroundings))
                .addSubcommand(new WorkloadGenerateCommand(surroundings));
    }

    /// Without a command.
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
