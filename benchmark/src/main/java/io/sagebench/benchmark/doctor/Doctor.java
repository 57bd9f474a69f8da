package io.sagebench.benchmark.doctor;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Checks this machine, and a target if there is one. Changes nothing of either: a target answers one prompt with one token.
public final class Doctor {
    private Doctor() {}

    /// A server that is looked at.
    ///
    /// @param url    of a control plane or an engine
    /// @param apiKey sent as a bearer token
    /// @param trust  says whom to believe at an https URL; absent for those whom this machine's Java trusts
    public record Patient(URI url, Optional<ApiKey> apiKey, Optional<SSLContext> trust) {}

    /// Looks at all of it. Blocks, for some seconds at most.
    public static List<Finding> examine(Optional<Patient> target) {
        var findings = new ArrayList<>(new MachineChecks().findings());
        findings.addAll(new GpuChecks().findings());
        target.ifPresent(patient -> {
            try (var checks = new TargetChecks(patient)) {
                findings.addAll(checks.findings());
            }
        });
        return findings;
    }
}
