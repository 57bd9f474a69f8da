@NullMarked
package io.sagebench.benchmark.experiment;

import org.jspecify.annotations.NullMarked;
