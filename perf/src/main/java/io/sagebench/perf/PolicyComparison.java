package io.sagebench.perf;

import io.sagebench.benchmark.scenario.CapacitySearch;
import io.sagebench.benchmark.scenario.PolicyTables;
import io.sagebench.benchmark.scenario.Scenario;
import io.sagebench.benchmark.scenario.ScenarioResult;
import io.sagebench.benchmark.scenario.Scenarios;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/// Runs every installed policy in every scenario and prints the tables of `docs/policies.md`; what it is doing goes to the error stream.
final class PolicyComparison {
    private static final double ATTAINMENT = 0.95;
    private static final double PRECISION = 1.05;

    private PolicyComparison() {}

    /// @param args seconds of arrivals (120), number of seeds (5), and names of scenarios (all)
    public static void main(String[] args) {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 120;
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        var names = List.of(args).subList(Math.min(2, args.length), args.length);
        var seeds = LongStream.rangeClosed(1, count).mapToObj(Seed::new).toList();
        var scenarios = new Scenarios(Duration.ofSeconds(seconds));
        Policies policies = Policies.installed();
        System.out.printf(
                "Each figure is the mean ± the standard deviation over %d seeds, with %d s of arrivals each.%n%n", count, seconds);
        for (Scenario scenario : scenarios.all()) {
            if (names.isEmpty() || names.contains(scenario.name())) {
                var result = ScenarioResult.of(
                        policies, scenario, seeds, policy -> System.err.println(scenario.name() + " " + policy));
                System.out.println(PolicyTables.section(result));
                if (scenario.name().equals("models")) {
                    capacity(policies, scenarios, seeds, result);
                }
            }
        }
    }

    /// The highest rate at which each candidate keeps the attainment with eight models.
    private static void capacity(Policies policies, Scenarios scenarios, List<Seed> seeds, ScenarioResult result) {
        var search = new CapacitySearch(policies, scenarios::models, seeds, ATTAINMENT, PRECISION);
        System.out.printf(
                Locale.ROOT,
                "The highest arrival rate of all eight models together at which %.0f %% of the requests meet their service level, to %.0f %%:%n%n",
                ATTAINMENT * 100,
                (PRECISION - 1) * 100);
        System.out.println("| Policy | requests/s |");
        System.out.println("|---|---|");
        for (ScenarioResult.Row row : result.rows()) {
            if (!row.isCeiling()) {
                printCapacity("`" + row.policy() + "`", search.highestRate(row.policy(), 1));
            }
        }
        var pinned = new CapacitySearch(policies, scenarios::modelsPinned, seeds, ATTAINMENT, PRECISION);
        printCapacity("`fifo`, four models pinned to each card by hand", pinned.highestRate("fifo", 1));
        System.out.println();
    }

    private static void printCapacity(String who, OptionalDouble rate) {
        System.err.println("capacity " + who);
        String shown = rate.isPresent() ? String.format(Locale.ROOT, "%.2f", rate.getAsDouble()) : "none";
        System.out.println("| " + who + " | " + shown + " |");
    }
}
