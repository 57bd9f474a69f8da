package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.Serving.EngineGroup;
import io.sagebench.benchmark.Target;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.TargetReport;
import io.sagebench.report.experiment.ExperimentResult;
import io.sagebench.report.experiment.ExperimentResult.Shown;
import io.sagebench.report.experiment.Fields;
import io.sagebench.report.experiment.Figure;
import io.sagebench.report.experiment.Figure.Unit;
import io.sagebench.report.experiment.FigureTable;
import io.sagebench.request.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What promises kept cost: US dollars for 1,000 tokens against attainment, over fleets in virtual time, or over rates on a server whose engines are what they
/// are. The *front* is what cannot be beaten: whatever is cheaper keeps fewer promises.
///
/// @param name      stem of its result file
/// @param base      the benchmark
/// @param levels    numbers of engines of the fleet's first kind in virtual time, else requests per second; each once
/// @param prices    what the engines cost
/// @param sloTarget the share of promises that must be kept, for the cheapest that does
public record CostExperiment(String name, BenchmarkConfig base, List<Double> levels, EnginePriceList prices, double sloTarget)
        implements Experiment {
    public static final List<Double> DEFAULT_FLEETS = List.of(1.0, 2.0, 3.0, 4.0, 6.0, 8.0);
    public static final List<Double> DEFAULT_RATES = List.of(25.0, 50.0, 100.0, 200.0);
    public static final double DEFAULT_SLO_TARGET = 0.95;

    private static final double SECONDS_PER_HOUR = 3600;
    private static final int MOST_NAMED = 4;

    public CostExperiment {
        levels = List.copyOf(levels);
        Check.atLeast(1, levels.size(), "the number of levels");
    }

    /// With the default levels and assumed prices.
    public CostExperiment(BenchmarkConfig base) {
        this("cost", base, variesFleet(base) ? DEFAULT_FLEETS : DEFAULT_RATES, EnginePriceList.ASSUMED, DEFAULT_SLO_TARGET);
    }

    /// Whether fleets are varied rather than rates.
    public static boolean variesFleet(BenchmarkConfig base) {
        return base.target() instanceof Target.Simulated;
    }

    @Override
    public String load() {
        return variesFleet(base) ? Experiment.super.load() : Loads.requestsOf(base.workload()) + " requests at each rate";
    }

    @Override
    public Outcome run(Surroundings surroundings) {
        boolean fleets = variesFleet(base);
        Fields parameters = Asked.parameters(base)
                .put(fleets ? "fleets" : "request_rates", levels)
                .put("request_rate", Loads.rateOf(base.workload()))
                .put("slo_target", sloTarget)
                .put("usd_per_hour", fleets ? prices.inForce(base.fleet()) : prices.usdPerHour());
        List<Point> points = fleets ? Point.of(levels, "x " + base.fleet().groups().getFirst().profile(), this::ofFleet) : Point.atRates(base, levels);
        Outcome outcome = new LevelledRun(name, "cost", base, points, parameters).run(surroundings, this::judge);
        return fleets && outcome instanceof Outcome.Finished(ExperimentResult result)
                ? new Outcome.Finished(result.with(ofFleets(result.target())))
                : outcome;
    }

    /// The engines of the base are those of one point at most.
    private TargetReport ofFleets(TargetReport target) {
        String numbers = levels.stream().map(Numbers::plain).collect(Collectors.joining(", "));
        String others = base.fleet().groups().stream()
                .skip(1)
                .map(group -> " with " + group.count() + "x " + group.profile())
                .collect(Collectors.joining());
        return new TargetReport(
                target.kind(), target.url(), numbers + " x " + base.fleet().groups().getFirst().profile() + others, target.health());
    }

    private boolean enginesAreKnown() {
        return base.target() instanceof Target.Simulated || base.target() instanceof Target.Embedded;
    }

    private BenchmarkConfig ofFleet(double engines) {
        var groups = new ArrayList<>(base.fleet().groups());
        groups.set(0, new EngineGroup((int) engines, groups.getFirst().profile()));
        return base.with(base.fleet().with(groups));
    }

    /// One policy at one level.
    private record Offer(String level, PolicyReport policy, OptionalDouble usdPer1kTokens) {
        double usd() {
            return usdPer1kTokens.orElse(Double.NaN);
        }

        Figure usdPerMillion() {
            return Figure.of(Unit.USD, usdPer1kTokens.isPresent() ? OptionalDouble.of(1000 * usd()) : OptionalDouble.empty());
        }

        double attainment() {
            return Did.attainment(policy).orElse(0);
        }
    }

    Findings judge(List<PointResult> points) {
        List<Offer> offers = points.stream()
                .flatMap(point -> point.policies().stream()
                        .map(policy -> new Offer(point.point().level(), policy, usdPer1kTokens(point.point().config(), policy))))
                .toList();
        List<Offer> candidates = offers.stream()
                .filter(offer -> offer.usdPer1kTokens().isPresent() && !offer.policy().isCeiling())
                .toList();
        List<Offer> front = front(candidates);
        Optional<Offer> cheapest = candidates.stream()
                .filter(offer -> offer.attainment() >= sloTarget)
                .min(Comparator.comparingDouble(Offer::usd));
        var policies = new Fields();
        Ranking.policiesIn(points).forEach(policy -> policies.put(policy, summary(offers, policy)));
        var summary = new Fields()
                .put("policies", policies)
                .put("front", front.stream().map(CostExperiment::fields).toList());
        cheapest.ifPresentOrElse(
                offer -> summary.put("cheapest_meeting_slo", fields(offer)), () -> summary.unknown("cheapest_meeting_slo"));
        return new Findings(
                points.stream().map(point -> level(point, offers)).toList(),
                summary,
                new Shown(
                        List.of(
                                Tables.byLevel("SLO Rate", points, Unit.SHARE, Did::attainment),
                                new FigureTable(
                                        "USD for a million tokens",
                                        header(points),
                                        Ranking.policiesIn(points).stream().map(policy -> usdRow(points, offers, policy)).toList()),
                                table(front)),
                        List.of(finding(candidates, cheapest))));
    }

    private static List<String> header(List<PointResult> points) {
        return Stream.concat(Stream.of("Policy"), points.stream().map(point -> point.point().level())).toList();
    }

    private static List<Figure> usdRow(List<PointResult> points, List<Offer> offers, String policy) {
        return Stream.concat(
                        Stream.of(Figure.text(policy)),
                        points.stream().map(point -> offers.stream()
                                .filter(offer -> offer.level().equals(point.point().level()) && offer.policy().policy().equals(policy))
                                .findFirst()
                                .map(Offer::usdPerMillion)
                                .orElse(Figure.of(Unit.USD, OptionalDouble.empty()))))
                .toList();
    }

    private String finding(List<Offer> candidates, Optional<Offer> cheapest) {
        if (candidates.isEmpty()) {
            return "What the engines cost is not known; say it with --prices";
        }
        String target = Tables.share(sloTarget);
        return cheapest.map(best -> {
                    String figure = shown(best);
                    List<String> names = candidates.stream()
                            .filter(offer -> offer.attainment() >= sloTarget && offer.level().equals(best.level()) && shown(offer).equals(figure))
                            .map(offer -> offer.policy().policy())
                            .toList();
                    String who = names.size() > MOST_NAMED ? names.size() + " policies" : String.join(", ", names);
                    return "Cheapest with " + target + " of the promises kept: " + who + (names.size() > 1 ? " tie" : "") + " at " + best.level()
                            + " (" + figure + " for a million tokens)";
                })
                .orElse("None keeps " + target + " of its promises");
    }

    private static String shown(Offer offer) {
        return String.format(Locale.ROOT, "$%.4f", 1000 * offer.usd());
    }

    /// Those that no other beats: none is at least as cheap and keeps at least as many promises, one of them strictly. From the cheapest on.
    private static List<Offer> front(List<Offer> candidates) {
        return candidates.stream()
                .filter(offer -> candidates.stream()
                        .noneMatch(other -> other.usd() <= offer.usd()
                                && other.attainment() >= offer.attainment()
                                && (other.usd() < offer.usd() || other.attainment() > offer.attainment())))
                .sorted(Comparator.comparingDouble(Offer::usd))
                .toList();
    }

    private OptionalDouble usdPer1kTokens(BenchmarkConfig config, PolicyReport policy) {
        RunMetrics metrics = policy.metrics();
        long tokens = metrics.tokens().input() + metrics.tokens().output();
        OptionalDouble perHour = prices.ofFleet(config.fleet(), enginesAreKnown());
        return perHour.isEmpty() || tokens == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(perHour.getAsDouble() / SECONDS_PER_HOUR * metrics.throughput().durationSeconds() / tokens * 1000);
    }

    private Fields level(PointResult point, List<Offer> offers) {
        var policies = new Fields();
        offers.stream().filter(offer -> offer.level().equals(point.point().level())).forEach(offer -> policies.put(
                offer.policy().policy(),
                new Fields()
                        .put("usd_per_1k_tokens", offer.usdPer1kTokens())
                        .put("slo_compliance", Did.attainment(offer.policy()))
                        .put("throughput", Did.throughput(offer.policy()))
                        .put("success_rate", Did.success(offer.policy()))));
        return new Fields()
                .put("level", point.point().level())
                .put(variesFleet(base) ? "engines" : "request_rate", point.point().value())
                .put("usd_per_hour", prices.ofFleet(point.point().config().fleet(), enginesAreKnown()))
                .put("policies", policies);
    }

    private static Fields summary(List<Offer> offers, String policy) {
        var usd = new Fields();
        var compliance = new Fields();
        offers.stream().filter(offer -> offer.policy().policy().equals(policy)).forEach(offer -> {
            usd.put(offer.level(), offer.usdPer1kTokens());
            compliance.put(offer.level(), Did.attainment(offer.policy()));
        });
        return new Fields().put("usd_per_1k_tokens_by_level", usd).put("compliance_by_level", compliance);
    }

    private static Fields fields(Offer offer) {
        return new Fields()
                .put("policy", offer.policy().policy())
                .put("level", offer.level())
                .put("usd_per_1k_tokens", offer.usdPer1kTokens())
                .put("slo_compliance", Did.attainment(offer.policy()));
    }

    private static FigureTable table(List<Offer> front) {
        return new FigureTable(
                "The front: whatever is cheaper keeps fewer promises",
                List.of("At", "Policy", "USD/1M tokens", "SLO Rate", "Throughput"),
                front.stream()
                        .map(offer -> List.of(
                                Figure.text(offer.level()),
                                Figure.text(offer.policy().policy()),
                                offer.usdPerMillion(),
                                Figure.of(Unit.SHARE, Did.attainment(offer.policy())),
                                Figure.of(Unit.RATE, Did.throughput(offer.policy()))))
                        .toList());
    }
}
