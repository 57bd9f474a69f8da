package io.sagebench.cli;

import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.Problem;
import io.sagebench.benchmark.config.TargetChoice;
import io.sagebench.benchmark.doctor.Doctor;
import io.sagebench.benchmark.doctor.Finding;
import io.sagebench.benchmark.doctor.Finding.Level;
import io.sagebench.benchmark.doctor.FindingsJson;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Says what this machine and a target can do.
@Command(
        name = "doctor",
        description = "Checks this machine, its GPUs, and a server if one is named: what works, what does not, and what to do about it.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Nothing is changed. A server is asked for one token. Exit code 1 when a check failed.",
            "",
            "Example: sage-bench doctor -c http://localhost:8080"
        })
final class DoctorCommand implements Callable<Integer> {
    private static final String VARIABLE = "SAGE_CONTROL_PLANE_URL";

    private final Surroundings surroundings;

    @Option(
            names = {"-c", "--control-plane"},
            paramLabel = "URL",
            order = 0,
            description = "A control plane or an engine; or SAGE_CONTROL_PLANE_URL. Default: none, only this machine is checked.")
    private @Nullable String url;

    @Option(names = "--api-key", paramLabel = "KEY", order = 1, description = "Sent as a bearer token; never printed or stored. Or SAGE_API_KEY.")
    private @Nullable String apiKey;

    @Option(
            names = "--ca-file",
            paramLabel = "PEM",
            order = 2,
            description = "Certificates of the authorities to believe at an https URL instead of those that Java knows; or SAGE_CA_FILE.")
    private @Nullable String caFile;

    @Option(names = "--format", paramLabel = "table|json", order = 3, description = "Default: table.")
    private String format = "table";

    DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        var problems = new ArrayList<Problem>();
        if (!format.equals("table") && !format.equals("json")) {
            problems.add(new Problem("--format", "must be table or json, but is '" + format + "'"));
        }
        Optional<Doctor.Patient> target = target(problems);
        if (!problems.isEmpty()) {
            problems.forEach(problem -> terminal.say(problem.toString()));
            return ExitCode.WRONG_USAGE;
        }
        List<Finding> findings = Doctor.examine(target);
        if (format.equals("json")) {
            surroundings.terminal().printLine(FindingsJson.text(findings));
        } else {
            table(findings);
        }
        return findings.stream().anyMatch(finding -> finding.level() == Level.FAIL) ? ExitCode.MISSED : ExitCode.DONE;
    }

    private Optional<Doctor.Patient> target(List<Problem> problems) {
        String variable = surroundings.environment().getOrDefault(VARIABLE, "").strip();
        String text = url == null ? variable : url;
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> wrong = TargetChoice.problemWith(text);
        if (wrong.isPresent()) {
            problems.add(new Problem(url == null ? VARIABLE : "--control-plane", wrong.get()));
            return Optional.empty();
        }
        var found = URI.create(text);
        return Optional.of(new Doctor.Patient(
                found,
                ConfigDraft.apiKey(apiKey, surroundings.environment(), problems),
                TargetChoice.trust(caFile, surroundings.environment(), "https".equalsIgnoreCase(found.getScheme()), problems)));
    }

    private void table(List<Finding> findings) {
        Terminal terminal = surroundings.terminal();
        int width = findings.stream().mapToInt(finding -> finding.what().length()).max().orElse(0);
        for (Finding finding : findings) {
            String level = finding.level().wireName();
            terminal.printLine(level + " ".repeat(6 - level.length()) + finding.what() + " ".repeat(width + 2 - finding.what().length())
                    + finding.found());
            if (!finding.todo().isEmpty()) {
                terminal.printLine(" ".repeat(6 + width + 2) + finding.todo());
            }
        }
        long failed = count(findings, Level.FAIL);
        long warned = count(findings, Level.WARN);
        terminal.printLine("");
        terminal.printLine(failed + warned == 0
                ? "All is well."
                : failed + (failed == 1 ? " check" : " checks") + " failed, " + warned + (warned == 1 ? " warning." : " warnings."));
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
