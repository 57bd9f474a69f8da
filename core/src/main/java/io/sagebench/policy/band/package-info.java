/// Policies that serve by priority band.
@NullMarked
package io.sagebench.policy.band;

import org.jspecify.annotations.NullMarked;
