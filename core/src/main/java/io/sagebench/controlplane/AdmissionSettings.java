package io.sagebench.controlplane;

import io.sagebench.request.Check;
import java.util.Map;
import java.util.OptionalDouble;

/// Whom a control plane lets in, besides what its queue has room for.
///
/// @param tenants       the limits of some tenants, by name
/// @param others        the limits of each other tenant; requests that name none count as those of one tenant
/// @param maxSaturation at what saturation of the engines the least urgent requests are refused, see [Saturation]; absent for never
public record AdmissionSettings(Map<String, TenantLimits> tenants, TenantLimits others, OptionalDouble maxSaturation) {
    /// Everybody, always.
    public static final AdmissionSettings OPEN = new AdmissionSettings(Map.of(), TenantLimits.NONE, OptionalDouble.empty());

    public AdmissionSettings {
        tenants = Map.copyOf(tenants);
        maxSaturation.ifPresent(most -> Check.positive(most, "maxSaturation"));
    }

    /// The limits of a tenant.
    public TenantLimits of(String tenant) {
        return tenants.getOrDefault(tenant, others);
    }
}
