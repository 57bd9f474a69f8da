@NullMarked
package io.sagebench.live.net;

import org.jspecify.annotations.NullMarked;
