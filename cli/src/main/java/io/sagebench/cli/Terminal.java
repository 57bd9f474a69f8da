package io.sagebench.cli;

import io.sagebench.report.terminal.TerminalStyle;
import java.io.PrintWriter;

/// Where the program prints.
///
/// @param out             results
/// @param err             everything else
/// @param results         what the place of the results can show
/// @param rewritesProgress whether messages go to a terminal, where a line can be rewritten
/// @param messageWidth    columns there are for messages
record Terminal(PrintWriter out, PrintWriter err, TerminalStyle results, boolean rewritesProgress, int messageWidth) {

    /// A message for the person, on a line of its own.
    void say(String message) {
        err.println(message);
        err.flush();
    }

    /// A result.
    void print(String result) {
        out.print(result);
        out.flush();
    }

    /// A result, on a line of its own.
    void printLine(String result) {
        out.println(result);
        out.flush();
    }
}
