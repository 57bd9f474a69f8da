@NullMarked
package io.sagebench.live.wire;

import org.jspecify.annotations.NullMarked;
