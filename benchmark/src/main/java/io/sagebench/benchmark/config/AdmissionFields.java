package io.sagebench.benchmark.config;

import io.sagebench.controlplane.AdmissionSettings;
import io.sagebench.controlplane.HistorySettings;
import io.sagebench.controlplane.TenantLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Reads whom a control plane lets in, and how long it remembers requests.
final class AdmissionFields {
    /// Limits of a tenant.
    static final List<String> LIMITS = List.of("requests_per_second", "burst", "max_in_flight");
    static final List<String> ADMISSION = List.of("max_saturation", "requests_per_second", "burst", "max_in_flight");
    static final List<String> HISTORY = List.of("requests", "age");

    private final FieldGroup file;

    AdmissionFields(FieldGroup file) {
        this.file = file;
    }

    AdmissionSettings admission() {
        var group = file.group("admission", ADMISSION);
        OptionalDouble saturation = group.map(each -> each.positive("max_saturation")).orElse(OptionalDouble.empty());
        TenantLimits others = group.map(each -> limits(each, TenantLimits.NONE)).orElse(TenantLimits.NONE);
        var tenants = new LinkedHashMap<String, TenantLimits>();
        file.named("tenants", GatewayFields.TENANT).forEach((name, tenant) -> {
            if (LIMITS.stream().anyMatch(tenant::has)) {
                tenants.put(name, limits(tenant, others));
            }
        });
        return new AdmissionSettings(tenants, others, saturation);
    }

    HistorySettings history() {
        HistorySettings usual = HistorySettings.DEFAULT;
        return file.group("history", HISTORY)
                .map(group -> new HistorySettings(
                        group.whole("requests", 0).orElse(usual.most()), group.duration("age").orElse(usual.age())))
                .orElse(usual);
    }

    /// @param usual what holds where nothing is said
    private static TenantLimits limits(FieldGroup group, TenantLimits usual) {
        OptionalDouble rate = group.positive("requests_per_second");
        OptionalInt burst = group.whole("burst", 1);
        OptionalInt inFlight = group.whole("max_in_flight", 1);
        if (burst.isPresent() && !group.has("requests_per_second") && usual.requestsPerSecond().isEmpty()) {
            group.wrong("burst", "has no effect without requests_per_second");
        }
        return new TenantLimits(
                rate.isPresent() ? rate : usual.requestsPerSecond(),
                burst.orElse(usual.burst()),
                inFlight.isPresent() ? inFlight : usual.maxInFlight());
    }
}
