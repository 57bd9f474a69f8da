/// Measures the engine that computes, beside a direct loop over the runtime it uses.
@NullMarked
package io.sagebench.perf.inference;

import org.jspecify.annotations.NullMarked;
