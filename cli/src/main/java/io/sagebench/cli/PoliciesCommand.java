package io.sagebench.cli;

import io.sagebench.benchmark.config.PolicyChoice;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameter.Kind;
import io.sagebench.report.terminal.Columns;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lists the policies, or explains one.
@Command(name = "policies", description = "Lists the scheduling policies, or explains one.")
final class PoliciesCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = PolicyNames.class,
            description = "The policy to explain.")
    private @Nullable String name;

    PoliciesCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        Policies policies = Policies.installed();
        if (name == null) {
            var rows = policies.all().stream().map(policy -> List.of(policy.name(), policy.rule())).toList();
            new Columns(List.of("Policy", "Rule"), rows).lines(terminal.results().width()).forEach(terminal::printLine);
            return ExitCode.DONE;
        }
        Optional<PolicyFactory> policy = policies.named(name);
        if (policy.isEmpty()) {
            terminal.say("policies: " + PolicyChoice.unknown(name, surroundings.policyNames()));
            return ExitCode.WRONG_USAGE;
        }
        explain(policy.get(), terminal);
        return ExitCode.DONE;
    }

    private static void explain(PolicyFactory policy, Terminal terminal) {
        terminal.printLine(policy.name() + ": " + policy.rule());
        terminal.printLine("");
        terminal.printLine(policy.explanation().stripTrailing());
        terminal.printLine("");
        if (policy.parameters().isEmpty()) {
            terminal.printLine("It has no parameters.");
            return;
        }
        terminal.printLine("Parameters:");
        for (PolicyParameter parameter : policy.parameters()) {
            terminal.printLine("  " + parameter.name() + ": " + parameter.meaning() + "; " + allowed(parameter.kind())
                    + "; default " + parameter.defaultValue());
        }
    }

    private static String allowed(Kind kind) {
        return switch (kind) {
            case Kind.OneOf(List<String> words) -> "one of " + String.join(", ", words);
            case Kind.Numeric(double least, double most) -> "from " + plain(least) + " to " + plain(most);
        };
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number) : Double.toString(number);
    }
}
