package io.sagebench.cli;

import io.sagebench.report.chart.draw.ChartFormat;
import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.visual.Form;
import io.sagebench.report.visual.VisualNames;
import io.sagebench.report.visual.Visuals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Makes what people look at beside results that have just been written, unless it is not wanted. The results stay, whatever comes of it.
final class VisualsAfterwards {
    private final Surroundings surroundings;
    private final boolean wanted;
    private final boolean replace;

    VisualsAfterwards(Surroundings surroundings, boolean wanted, boolean replace) {
        this.surroundings = surroundings;
        this.wanted = wanted;
        this.replace = replace;
    }

    /// A file that would have to be replaced, and may not be; asked before the load begins.
    Optional<Path> taken(Path results) {
        return !wanted || replace
                ? Optional.empty()
                : VisualNames.beside(results).taken(EnumSet.allOf(Form.class)).stream().findFirst();
    }

    /// Makes all of them beside the results, and says where they are.
    ///
    /// @return the exit code so far, or that the program could not do all of it
    int make(Path results, int exitCode) {
        return make(results, VisualNames.beside(results), EnumSet.allOf(Form.class), exitCode);
    }

    /// Makes some of them. After an interrupt no pictures: a process that ends cannot load what draws them, and whoever ended it does not want to wait.
    ///
    /// @param names what they are called
    /// @param forms which
    /// @return the exit code so far, or that the program could not do all of it
    int make(Path results, VisualNames names, Set<Form> forms, int exitCode) {
        if (!wanted) {
            return exitCode;
        }
        Terminal terminal = surroundings.terminal();
        Set<Form> now = EnumSet.copyOf(forms);
        if (exitCode == ExitCode.INTERRUPTED && now.remove(Form.CHARTS)) {
            terminal.printLine("Charts:   when you want them: sage-bench visualize --input " + results);
        }
        try {
            Visuals.Written written = surroundings.visualizer().write(results, names, now, EnumSet.of(ChartFormat.PNG), replace);
            written.files().forEach(file -> terminal.printLine((file.equals(names.html()) ? "Page:     " : "Text:     ") + file));
            if (!written.charts().isEmpty()) {
                terminal.printLine("Charts:   " + names.charts() + " (" + written.charts().size()
                        + (written.charts().size() == 1 ? " picture)" : " pictures)"));
            }
            written.undrawn().stream().findFirst().ifPresent(chart ->
                    terminal.say("charts: " + chart.stem() + ": " + chart.why()));
            return exitCode;
        } catch (Unusable unusable) {
            terminal.say("the page and the charts could not be made: " + unusable.reason());
        } catch (IOException broken) {
            terminal.say("the page and the charts could not be written: " + BenchmarkRun.reason(broken) + "; the results are in " + results);
        }
        return exitCode == ExitCode.DONE ? ExitCode.COULD_NOT_RUN : exitCode;
    }
}
