/// Policies that serve at least cost.
@NullMarked
package io.sagebench.policy.cost;

import org.jspecify.annotations.NullMarked;
