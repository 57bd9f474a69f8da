/// Policies that serve by predicted size.
@NullMarked
package io.sagebench.policy.size;

import org.jspecify.annotations.NullMarked;
