/// Chance that repeats: every generator is made from the run's seed.
///
/// Start at [io.sagebench.random.Seed].
@NullMarked
package io.sagebench.random;

import org.jspecify.annotations.NullMarked;
