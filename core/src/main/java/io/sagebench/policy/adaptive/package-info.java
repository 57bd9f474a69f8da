/// Policies that change their rule with the load.
@NullMarked
package io.sagebench.policy.adaptive;

import org.jspecify.annotations.NullMarked;
