package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.sim.Gpu;
import io.sagebench.engine.sim.ModelShape;
import io.sagebench.request.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The reference pages say what the program says. To write them anew after a change:
/// `REWRITE_REFERENCE=1 mvn -pl cli -am test -Dtest=ReferencePagesTest -Dsurefire.failIfNoSpecifiedTests=false`
class ReferencePagesTest {
    private static final Path PAGES = Path.of("../docs/reference");
    private static final List<String> COMMANDS =
            List.of(
                    "run", "compare", "sweep", "experiment", "capacity", "diff", "report", "visualize", "serve", "mock-engine", "profiles", "calibrate", "policies",
                    "workload", "workload list", "workload show", "workload describe", "workload validate", "workload convert", "workload generate",
                    "engine", "engine run", "engine report", "engine workload-template", "engine compare", "engine regress", "engine contract",
                    "engine dashboard", "engine leaderboard", "engine serve", "doctor", "config", "validate", "completion");

    @Test
    void theCommandsPageIsWhatHelpPrints() throws IOException {
        var page = new StringBuilder("""
                # Commands

                What `--help` prints. Option, then environment (`SAGE_CONTROL_PLANE_URL`, `SAGE_BENCHMARK_OUTPUT`, `SAGE_BENCHMARK_DATA`, `SAGE_API_KEY`, `SAGE_CA_FILE`), then
                configuration file, then default: the first that is given counts. Results go to standard output, everything else to standard error, the log
                among it: from level WARN on, or from what `SAGE_LOG_LEVEL` says (ERROR, WARN, INFO, DEBUG, TRACE, OFF).
                """);
        append(page, "sage-bench", said("--help"));
        for (String command : COMMANDS) {
            append(page, "sage-bench " + command, said((command + " --help").split(" ", -1)));
        }
        assertIs("cli.md", page.toString());
    }

    @Test
    void theConfigurationPageIsWhatConfigPrints() throws IOException {
        String page = """
                # Configuration

                What `sage-bench config` prints: every key, its meaning and its default. `sage-bench validate FILE` checks a file; unknown keys are
                refused. JSON files have the same keys. `sage-bench config --format schema` prints the JSON schema of such files, for editors; put
                `# yaml-language-server: $schema=FILE` into the first line of a YAML file, or `"$schema"` into the settings of the editor.

                ```yaml
                """ + said("config").strip() + "\n```\n";
        assertIs("config.md", page);
    }

    @Test
    void theClusterPageIsWhatConfigPrints() throws IOException {
        String page = """
                # Cluster file

                What `serve --config FILE` reads: YAML, or JSON with the same keys. `sage-bench config --cluster` prints the page below, and `sage-bench validate FILE` checks a file;
                unknown keys are refused. [How to serve real engines](../how-to/serve-real-engines.md) shows it at work.

                Times are seconds, or have a unit: `500ms`, `10s`, `2m`, `1h`. Paths count from the directory the program is started in. A key that ends in `_env` names an environment
                variable; the secret itself never stands in a file, and is never printed or stored. `--host`, `--port`, `--policy` and `--policy-param NAME=VALUE` win over the file.

                ```yaml
                """ + said("config", "--cluster").strip() + "\n```\n";
        assertIs("cluster-file.md", page);
    }

    @Test
    void thePageOfMeasurementsNamesEveryOutcome() throws IOException {
        String page = Files.readString(PAGES.resolve("measurements.md"));
        for (Class<?> outcome : Outcome.class.getPermittedSubclasses()) {
            String wireName = outcome.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(java.util.Locale.ROOT);
            assertThat(page).contains("| `" + wireName + "` |");
        }
    }

    @Test
    void thePageOfProfilesListsWhatShipsAndWhatIsKnown() throws IOException {
        Path path = PAGES.resolve("engine-profiles.md");
        String models = ModelShape.known().stream().map(model -> "`" + model.name() + "`").collect(Collectors.joining(", "));
        String gpus = Gpu.known().stream().map(gpu -> "`" + gpu.name() + "` (" + gpu.fullName() + ")").collect(Collectors.joining(", "));
        String page = with(with(Files.readString(path), "known", "Models: " + models + ".\n\nGPUs: " + gpus + "."),
                "shipped", said("profiles").strip());
        assertIs("engine-profiles.md", page);
    }

    private static String with(String page, String mark, String content) {
        String begin = "<!-- " + mark + " -->\n";
        String end = "<!-- /" + mark + " -->";
        return page.substring(0, page.indexOf(begin) + begin.length()) + content + "\n" + page.substring(page.indexOf(end));
    }

    private static void append(StringBuilder page, String title, String text) {
        page.append("\n## ").append(title).append("\n\n```\n").append(text.strip()).append("\n```\n");
    }

    private static String said(String... arguments) {
        var line = new CommandLineHarness();
        assertThat(line.execute(arguments)).isZero();
        return line.out();
    }

    private static void assertIs(String name, String expected) throws IOException {
        Path page = PAGES.resolve(name);
        if (System.getenv("REWRITE_REFERENCE") != null) {
            Files.writeString(page, expected);
        }
        assertThat(page).content().isEqualTo(expected);
    }
}
