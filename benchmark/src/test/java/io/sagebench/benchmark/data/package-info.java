@NullMarked
package io.sagebench.benchmark.data;

import org.jspecify.annotations.NullMarked;
