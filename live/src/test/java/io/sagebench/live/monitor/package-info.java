@NullMarked
package io.sagebench.live.monitor;

import org.jspecify.annotations.NullMarked;
