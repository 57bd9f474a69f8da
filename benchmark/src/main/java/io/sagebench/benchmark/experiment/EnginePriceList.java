package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.BenchmarkConfig.FleetConfig;
import io.sagebench.benchmark.Serving.EngineGroup;
import io.sagebench.request.Check;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// What engines cost. Where nobody says, simulated ones cost what clouds list for one GPU of their kind and hour, which is an assumption: H100 4.00,
/// A100 2.00, L40S 1.20 US dollars.
///
/// @param usdPerHour by the name of the engine profile; under [#FLEET] what a whole fleet of unknown engines costs
public record EnginePriceList(Map<String, Double> usdPerHour) {
    /// The name for all engines of a server together.
    public static final String FLEET = "fleet";
    /// Nobody said anything.
    public static final EnginePriceList ASSUMED = new EnginePriceList(Map.of());

    private static final Map<String, Double> BY_GPU = Map.of("-h100", 4.0, "-a100", 2.0, "-l40s", 1.2);

    public EnginePriceList {
        usdPerHour = Map.copyOf(usdPerHour);
        usdPerHour.forEach((name, price) -> Check.notNegative(price, "the price of " + name));
    }

    /// What all engines cost in an hour; absent when the price of any is unknown.
    ///
    /// @param simulated whether the engines are those of `fleet`
    OptionalDouble ofFleet(FleetConfig fleet, boolean simulated) {
        if (usdPerHour.containsKey(FLEET)) {
            return OptionalDouble.of(usdPerHour.getOrDefault(FLEET, 0.0));
        }
        double sum = 0;
        for (EngineGroup group : fleet.groups()) {
            sum += group.count() * ofProfile(group.profile());
        }
        return simulated && Double.isFinite(sum) ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    /// The prices in force, by profile.
    Map<String, Double> inForce(FleetConfig fleet) {
        var prices = new LinkedHashMap<String, Double>();
        fleet.groups().forEach(group -> {
            double price = ofProfile(group.profile());
            if (Double.isFinite(price)) {
                prices.put(group.profile(), price);
            }
        });
        return prices;
    }

    private double ofProfile(String profile) {
        Double given = usdPerHour.get(profile);
        return given != null
                ? given
                : BY_GPU.entrySet().stream().filter(gpu -> profile.endsWith(gpu.getKey())).map(Map.Entry::getValue).findFirst().orElse(Double.NaN);
    }
}
