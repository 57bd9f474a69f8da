/// Rules for the choice of an engine that several policies are made of.
///
/// Start at [io.sagebench.policy.placement.Placement].
@NullMarked
package io.sagebench.policy.placement;

import org.jspecify.annotations.NullMarked;
