/// Chooses engines by a pipeline: filters leave the engines that qualify, weighted scorers say how good each is, a picker takes one.
///
/// Start at [io.sagebench.policy.routing.RoutingPipeline], or at [io.sagebench.policy.routing.Placements] for ready-made ones by name.
@NullMarked
package io.sagebench.policy.routing;

import org.jspecify.annotations.NullMarked;
