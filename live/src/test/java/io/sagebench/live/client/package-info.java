@NullMarked
package io.sagebench.live.client;

import org.jspecify.annotations.NullMarked;
