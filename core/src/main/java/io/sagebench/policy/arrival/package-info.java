/// Policies that serve in the order of arrival.
@NullMarked
package io.sagebench.policy.arrival;

import org.jspecify.annotations.NullMarked;
