package io.sagebench.benchmark.scenario;

import io.sagebench.policy.Offer;
import io.sagebench.workload.MixedWorkload;

/// One workload and the engines that serve it: a question to ask of every policy.
///
/// @param name     stable, for commands
/// @param title    for people
/// @param about    what it is like and why, in a few sentences
/// @param workload the load
/// @param fleet    who serves it
/// @param sharedBy among whom its fairness is measured
public record Scenario(
        String name, String title, String about, MixedWorkload workload, ScenarioFleet fleet, SharedBy sharedBy) {

    /// Among whom the capacity is shared.
    public enum SharedBy {
        TENANTS,
        PRIORITIES
    }

    /// What it offers to policies.
    public Offer offer() {
        return new Offer(
                workload.types(), workload.models(), workload.tenants(), workload.sharesPrefixes(), fleet.descriptions());
    }
}
