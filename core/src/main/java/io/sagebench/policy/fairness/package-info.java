/// Policies that share capacity between tenants.
@NullMarked
package io.sagebench.policy.fairness;

import org.jspecify.annotations.NullMarked;
