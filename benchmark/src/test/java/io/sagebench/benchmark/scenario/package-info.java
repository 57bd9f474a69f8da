@NullMarked
package io.sagebench.benchmark.scenario;

import org.jspecify.annotations.NullMarked;
