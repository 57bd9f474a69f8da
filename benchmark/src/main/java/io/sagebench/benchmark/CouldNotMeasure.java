package io.sagebench.benchmark;

/// Nothing could be measured: the target was not there, or it refused the policies. The message says what was tried and what to do next.
public final class CouldNotMeasure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message for people
    public CouldNotMeasure(String message) {
        super(message);
    }
}
