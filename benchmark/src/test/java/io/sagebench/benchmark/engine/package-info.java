@NullMarked
package io.sagebench.benchmark.engine;

import org.jspecify.annotations.NullMarked;
