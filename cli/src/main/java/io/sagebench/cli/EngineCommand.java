package io.sagebench.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What is about one engine.
@Command(
        name = "engine",
        description = "One engine: simulated, computing on this machine, or a server.",
        synopsisSubcommandLabel = "COMMAND")
final class EngineCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private EngineCommand() {}

    /// With its commands.
    static CommandLine in(Surroundings surroundings) {
        return new CommandLine(new EngineCommand())
                .addSubcommand(new EngineRegressCommand(surroundings))
                .addSubcommand(new EngineContractCommand(surroundings))
                .addSubcommand(new EngineServeCommand(surroundings));
    }

    /// Without a command.
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
