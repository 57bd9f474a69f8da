package io.sagebench.cli;

import io.sagebench.benchmark.data.DataKind;
import io.sagebench.benchmark.data.WorkloadData;
import io.sagebench.benchmark.data.WorkloadData.Looked;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the commands about workloads, datasets and traces have in common.
final class DataText {
    /// The values of `--as`.
    static final String KINDS = "workloads|prompts|texts|trace";

    private DataText() {}

    static WorkloadData of(Surroundings surroundings) {
        return new WorkloadData(surroundings.environment(), surroundings.policyNames());
    }

    /// Prints what is good, or says everything that is wrong.
    ///
    /// @return the exit code
    static <T> int show(Terminal terminal, Looked<T> looked, Consumer<T> print) {
        return switch (looked) {
            case Looked.Bad<T>(List<String> problems) -> {
                problems.forEach(terminal::say);
                yield ExitCode.WRONG_USAGE;
            }
            case Looked.Good<T>(T value, List<String> notes) -> {
                notes.forEach(terminal::say);
                print.accept(value);
                yield ExitCode.DONE;
            }
        };
    }

    /// The kind that `--as` names; absent when it is not given.
    ///
    /// @return nothing, after saying so, when there is none of that name
    static Optional<Optional<DataKind>> kind(Terminal terminal, @Nullable String as) {
        if (as == null) {
            return Optional.of(Optional.empty());
        }
        Optional<DataKind> kind = Arrays.stream(DataKind.values()).filter(known -> known.wireName().equals(as)).findFirst();
        if (kind.isEmpty()) {
            terminal.say("--as: must be one of " + KINDS.replace("|", ", ") + ", but is '" + as + "'");
            return Optional.empty();
        }
        return Optional.of(kind);
    }
}
