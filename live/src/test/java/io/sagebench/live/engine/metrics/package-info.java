@NullMarked
package io.sagebench.live.engine.metrics;

import org.jspecify.annotations.NullMarked;
