package io.sagebench.cli;

import io.sagebench.report.terminal.TerminalStyle;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Scanner;

/// Finds out what the terminal of this process can show. The launcher says which streams are terminals; Java alone cannot tell them apart.
final class SystemTerminal {
    private static final String TERMINALS = "sagebench.terminals";
    private static final int USUAL_WIDTH = 80;
    private static final int LEAST_WIDTH = 20;

    private SystemTerminal() {}

    static Terminal detect(Map<String, String> environment) {
        String terminals = System.getProperty(TERMINALS, "");
        boolean outIsTerminal = terminals.contains("out");
        boolean errIsTerminal = terminals.contains("err");
        boolean canMove = !environment.getOrDefault("TERM", "dumb").equals("dumb");
        int width = outIsTerminal || errIsTerminal ? width(environment) : Integer.MAX_VALUE;
        boolean colour = outIsTerminal && canMove && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                new TerminalStyle(outIsTerminal ? width : columns(environment, Integer.MAX_VALUE), colour),
                errIsTerminal && canMove,
                width);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), false);
    }

    /// What the user says, else what the terminal says, else what is usual.
    private static int width(Map<String, String> environment) {
        int said = columns(environment, 0);
        if (said > 0) {
            return said;
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var answer = new Scanner(stty.getInputStream(), StandardCharsets.US_ASCII)) {
                answer.nextInt(); // rows
                int columns = answer.nextInt();
                return columns < LEAST_WIDTH ? USUAL_WIDTH : columns;
            }
        } catch (IOException | NoSuchElementException _) {
            return USUAL_WIDTH; // no stty here, or no terminal of its own
        }
    }

    private static int columns(Map<String, String> environment, int otherwise) {
        try {
            return Math.max(LEAST_WIDTH, Integer.parseInt(environment.getOrDefault("COLUMNS", "")));
        } catch (NumberFormatException _) {
            return otherwise;
        }
    }
}
