@NullMarked
package io.sagebench.live.server;

import org.jspecify.annotations.NullMarked;
