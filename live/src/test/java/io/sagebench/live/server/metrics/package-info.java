@NullMarked
package io.sagebench.live.server.metrics;

import org.jspecify.annotations.NullMarked;
