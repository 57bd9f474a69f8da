@NullMarked
package io.sagebench.live.clock;

import org.jspecify.annotations.NullMarked;
