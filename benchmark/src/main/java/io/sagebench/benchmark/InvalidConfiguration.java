package io.sagebench.benchmark;

import io.sagebench.benchmark.config.Problem;
import java.util.List;
import java.util.stream.Collectors;

/// A configuration that a program asked for is not in order. The message has a line for each mistake.
public final class InvalidConfiguration extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /// @param problems all mistakes, at least one
    public InvalidConfiguration(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /// All mistakes, each with the field it is in.
    public List<Problem> problems() {
        return problems;
    }
}
