/// Policies that send requests where the beginning of their prompt is cached.
@NullMarked
package io.sagebench.policy.prefix;

import org.jspecify.annotations.NullMarked;
