@NullMarked
package io.sagebench.engine.latency;

import org.jspecify.annotations.NullMarked;
