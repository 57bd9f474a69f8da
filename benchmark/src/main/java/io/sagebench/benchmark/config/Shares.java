package io.sagebench.benchmark.config;

import io.sagebench.workload.Weighted;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads names with their shares.
final class Shares {
    private static final MathContext DIGITS = new MathContext(6);

    private final Values values;
    private final Origin origin;
    private final Map<String, Given> fields;

    Shares(Values values, Origin origin, Map<String, Given> fields) {
        this.values = values;
        this.origin = origin;
        this.fields = fields;
    }

    Optional<Map<String, Double>> read() {
        var shares = new LinkedHashMap<String, Double>();
        for (Map.Entry<String, Given> entry : fields.entrySet()) {
            if (entry.getKey().isBlank()) {
                values.problem(origin, "must not have an empty name");
            }
            Optional<Double> share = share(entry.getKey(), entry.getValue());
            share.ifPresent(number -> shares.put(entry.getKey(), number));
        }
        if (shares.size() < fields.size()) {
            return Optional.empty();
        }
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (Math.abs(sum - 1) > Weighted.SUM_TOLERANCE) {
            values.problem(origin, "must have shares that sum to 1 within " + Weighted.SUM_TOLERANCE + ", but they sum to "
                    + new BigDecimal(sum).round(DIGITS).stripTrailingZeros().toPlainString());
            return Optional.empty();
        }
        return Optional.of(shares);
    }

    private Optional<Double> share(String name, Given value) {
        String expected = value.origin() instanceof Origin.Option ? "a share of '" + name + "' from 0 to 1" : "a share from 0 to 1";
        return values.numberAs(value, expected, number -> number >= 0 && number <= 1);
    }
}
