/// What the live dashboard costs.
@NullMarked
package io.sagebench.perf.dashboard;

import org.jspecify.annotations.NullMarked;
