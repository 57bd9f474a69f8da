package io.sagebench.cli;

/// What the program tells the shell.
final class ExitCode {
    /// Done.
    static final int DONE = 0;
    /// Done, but a stated limit was missed: no request succeeded, or what `--fail-on` says.
    static final int MISSED = 1;
    /// Wrong usage, or an invalid configuration.
    static final int WRONG_USAGE = 2;
    /// Could not run.
    static final int COULD_NOT_RUN = 3;
    /// Interrupted, after what was measured was written.
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
