package io.sagebench.benchmark;

import io.sagebench.report.RunInfo;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// The facts of this run and this machine, without secrets.
public final class RunFacts {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String API_KEY = "--api-key";
    private static final String HIDDEN = "(hidden)";

    private RunFacts() {}

    /// Of a run that a Java program asked for.
    public static RunInfo ofProgram(long seed, Instant startedAt, boolean interrupted) {
        return of(seed, startedAt, "Java", interrupted);
    }

    /// Of a run that ends now.
    ///
    /// @param arguments the command line
    public static RunInfo of(long seed, Instant startedAt, List<String> arguments, boolean interrupted) {
        return of(seed, startedAt, command(arguments), interrupted);
    }

    private static RunInfo of(long seed, Instant startedAt, String command, boolean interrupted) {
        var host = new RunInfo.Host(
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        String id = STAMP.format(startedAt) + "-" + UUID.randomUUID().toString().substring(0, 8);
        return new RunInfo(id, seed, startedAt, command, host, interrupted);
    }

    /// The command line as a shell would take it, with the secret hidden.
    public static String command(List<String> arguments) {
        var words = new ArrayList<String>();
        words.add(BuildInfo.PROGRAM);
        boolean secretNext = false;
        for (String argument : arguments) {
            if (secretNext) {
                words.add(HIDDEN);
                secretNext = false;
            } else if (argument.startsWith(API_KEY + "=")) {
                words.add(API_KEY + "=" + HIDDEN);
            } else {
                words.add(quoted(argument));
                secretNext = argument.equals(API_KEY);
            }
        }
        return String.join(" ", words);
    }

    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
