/// The workloads that every policy is held to, their fleets, and the table of what each policy did.
///
/// Start at [io.sagebench.benchmark.scenario.Scenarios] for the workloads and at [io.sagebench.benchmark.scenario.PolicyTables] for the table.
@NullMarked
package io.sagebench.benchmark.scenario;

import org.jspecify.annotations.NullMarked;
