package io.sagebench.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every installed policy has a page `docs/policies/NAME.md`, which says what the program says.
class PolicyPagesTest {
    private static final Path PAGES = Path.of("..", "docs", "policies");
    private static final List<String> HEADINGS =
            List.of("Rule", "Formula", "Parameters", "Source", "Cost", "Needs", "Wins", "Loses");
    /// A row of a table that begins with a name in code and a default.
    private static final Pattern PARAMETER = Pattern.compile("^\\| `([^`]+)` \\| `?([^`|]*?)`? \\|.*", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    static Stream<PolicyFactory> policies() {
        return Policies.installed().all().stream();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void thePageOfEachPolicyHasTheseHeadingsInThisOrder(PolicyFactory policy) throws IOException {
        assertThat(page(policy)).startsWith("# " + policy.name() + "\n");
        assertThat(sections(policy).keySet()).containsAll(HEADINGS);
        assertThat(headings(policy).stream().filter(HEADINGS::contains)).containsExactlyElementsOf(HEADINGS);
        HEADINGS.forEach(heading -> assertThat(sections(policy).get(heading)).as(heading).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void itsTableNamesExactlyTheParametersWithTheirDefaults(PolicyFactory policy) {
        var documented = new ArrayList<Map.Entry<String, String>>();
        var rows = PARAMETER.matcher(sections(policy).getOrDefault("Parameters", ""));
        while (rows.find()) {
            documented.add(Map.entry(rows.group(1), rows.group(2)));
        }
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(policy.parameters().stream()
                        .map(parameter -> Map.entry(parameter.name(), parameter.defaultValue()))
                        .toList());
    }

    @Test
    void noPageIsOfAPolicyThereIsNot() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            var names = pages.map(page -> page.getFileName().toString()).filter(name -> !name.toLowerCase(Locale.ROOT).startsWith("readme"));
            assertThat(names).containsExactlyInAnyOrderElementsOf(policies().map(policy -> policy.name() + ".md").toList());
        }
    }

    @Test
    void theOverviewLinksToEveryPageAndEveryLinkLeadsSomewhere() throws IOException {
        Path overview = Path.of("..", "docs", "concepts", "policies.md");
        assertThat(links(overview)).containsAll(policies().map(policy -> "../policies/" + policy.name() + ".md").toList());
        var all = new ArrayList<>(List.of(overview));
        policies().forEach(policy -> all.add(PAGES.resolve(policy.name() + ".md")));
        for (Path page : all) {
            assertThat(links(page)).as("%s", page).allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
        }
    }

    private static List<String> links(Path page) throws IOException {
        var links = new ArrayList<String>();
        var found = LINK.matcher(Files.readString(page));
        while (found.find()) {
            links.add(found.group(1));
        }
        return links;
    }

    private static List<String> headings(PolicyFactory policy) throws IOException {
        return page(policy).lines().filter(line -> line.startsWith("## ")).map(line -> line.substring(3)).toList();
    }

    /// What stands under each heading.
    private static Map<String, String> sections(PolicyFactory policy) {
        var sections = new TreeMap<String, String>();
        try {
            for (String section : page(policy).split("(?m)^## ", -1)) {
                int end = section.indexOf('\n');
                sections.put(section.substring(0, end), section.substring(end + 1));
            }
        } catch (IOException missing) {
            throw new AssertionError("no page for " + policy.name(), missing);
        }
        return sections;
    }

    private static String page(PolicyFactory policy) throws IOException {
        return Files.readString(PAGES.resolve(policy.name() + ".md"));
    }
}
