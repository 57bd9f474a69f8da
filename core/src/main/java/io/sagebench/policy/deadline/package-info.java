/// Policies that serve by deadline.
@NullMarked
package io.sagebench.policy.deadline;

import org.jspecify.annotations.NullMarked;
