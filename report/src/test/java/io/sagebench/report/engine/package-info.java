/// Tests of what the engine benchmark writes.
@NullMarked
package io.sagebench.report.engine;

import org.jspecify.annotations.NullMarked;
