/// Tests of whole benchmarks.
@NullMarked
package io.sagebench.benchmark;

import org.jspecify.annotations.NullMarked;
