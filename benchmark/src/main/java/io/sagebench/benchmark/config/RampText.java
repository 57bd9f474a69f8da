package io.sagebench.benchmark.config;

import io.sagebench.arrival.Ramp;
import io.sagebench.arrival.Ramp.Leg;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A ramp as people write it: `10:100@60s`, from 10 to 100 requests/s within a minute; `100@5m`, 100 for five minutes; several after one another.
final class RampText {
    private static final Pattern LEG = Pattern.compile("([0-9.]+)(?::([0-9.]+))?@(.+)");
    private static final String EXPECTED = "legs such as 10:100@60s, from 10 to 100 requests/s in 60 s, or 100@5m";
    private static final double MOST_RATE = 1e9;

    private final Values values;

    RampText(Values values) {
        this.values = values;
    }

    /// A ramp in these words, leg by leg.
    static List<String> of(Ramp ramp) {
        return ramp.legs().stream()
                .map(leg -> (leg.fromPerSecond() == leg.toPerSecond() ? "" : plain(leg.fromPerSecond()) + ":")
                        + plain(leg.toPerSecond()) + "@" + plain(leg.seconds()) + "s")
                .toList();
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /// The ramp; absent when there is none, or it is wrong.
    Optional<Ramp> ramp() {
        Optional<List<Given>> items = values.list(Setting.RAMP);
        if (items.isEmpty()) {
            return Optional.empty();
        }
        var legs = new ArrayList<Leg>();
        for (Given item : items.get()) {
            values.text(item, EXPECTED).flatMap(text -> leg(text.strip()).or(() -> values.wrong(item, EXPECTED))).ifPresent(legs::add);
        }
        if (legs.size() < items.get().size()) {
            return Optional.empty();
        }
        if (legs.stream().allMatch(leg -> leg.fromPerSecond() == 0 && leg.toPerSecond() == 0)) {
            values.problem(values.origin(Setting.RAMP).orElseThrow(), "must have a rate above 0 somewhere");
            return Optional.empty();
        }
        return Optional.of(new Ramp(legs));
    }

    private static Optional<Leg> leg(String text) {
        Matcher parts = LEG.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            double from = Double.parseDouble(parts.group(1));
            double to = parts.group(2) == null ? from : Double.parseDouble(parts.group(2));
            return DurationText.parse(parts.group(3))
                    .filter(Duration::isPositive)
                    .filter(_ -> from <= MOST_RATE && to <= MOST_RATE)
                    .map(length -> new Leg(from, to, length.toNanos() / 1e9));
        } catch (NumberFormatException _) {
            return Optional.empty(); // such as 1.2.3
        }
    }
}
