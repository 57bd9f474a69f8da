@NullMarked
package io.sagebench.live.engine;

import org.jspecify.annotations.NullMarked;
